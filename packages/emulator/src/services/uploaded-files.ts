import type { Fields } from "../state/resource-record.ts";
import type { Call } from "../call/call.ts";

/** Where the files of a multipart body stand now: name of the file → its address. Nothing is served there. */
export function uploadedFiles(call: Call): Fields {
  return Object.fromEntries(filesOf(call).map(({ name }) => [name, fileUrl(call, name)]));
}

/** What is known of the files of a multipart body. */
export function filesOf(call: Call): readonly { readonly name: string; readonly size: number; readonly type: string }[] {
  return Object.values(call.files).flatMap((files) => files.map(({ name, size, type }) => ({ name, size, type })));
}

/** The address of an uploaded file. */
export function fileUrl(call: Call, name: string): string {
  return `https://storage.example.com/${call.locationId ?? "company"}/media/${call.world.ids.object()}/${encodeURIComponent(name)}`;
}
