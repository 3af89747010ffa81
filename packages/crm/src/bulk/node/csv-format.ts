import { ghlError } from "@ghlkit/core";

/** What separates the fields of a line. */
export type Separator = "," | ";" | "\t" | "|";

const separators: readonly Separator[] = [",", ";", "\t", "|"];

/** The separator that occurs most often in the header, outside of quotation marks; a comma where none does. */
export function separatorOf(head: string): Separator {
  const header = /^[^\r\n]*/.exec(head.replace(/^\uFEFF/, ""))?.[0] ?? "";
  const bare = header.replaceAll(/"[^"]*"/g, "");
  const counts = separators.map((separator) => bare.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** @throws GhlError `invalid_request` for a file that a spreadsheet saved as UTF-16, or that is no text. */
export function checkEncoding(path: string, head: Uint8Array): void {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16) throw ghlError("invalid_request", `${path} is UTF-16. Save it as "CSV UTF-8", or convert it: iconv -f utf-16 -t utf-8.`, {});
  if (head.includes(0)) throw ghlError("invalid_request", `${path} is no text file: is it a spreadsheet? Save it as "CSV UTF-8".`, {});
}
