import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { SpecStop } from "../normalise/spec-stop.ts";
import { lostValue } from "./lost-value.ts";

/** Largest document that is read; the vendor's largest has 1.1 MB. */
export const largestDocumentBytes = 20_000_000;

/** A document as it was read. */
export interface JsonFile {
  readonly bytes: Buffer;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Reads one JSON object. A byte order mark is skipped.
 * @throws SpecStop for a file that is missing, a link or folder, larger than {@link largestDocumentBytes}, empty, not UTF-8, not JSON (with line and column),
 * not an object, or one that has a key twice or a number too large.
 */
export async function readJsonFile(folder: string, file: string): Promise<JsonFile> {
  const path = join(folder, file);
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) throw new SpecStop(file, "", "is not there");
  if (!found.isFile()) throw new SpecStop(file, "", "is not a file");
  if (found.size > largestDocumentBytes) {
    throw new SpecStop(
      file,
      "",
      `has ${Math.ceil(found.size / 1_000_000)} MB; documents of at most ${largestDocumentBytes / 1_000_000} MB are read`,
    );
  }
  const bytes = await readFile(path);
  const text = decode(file, bytes);
  const value = parseJson(file, text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SpecStop(
      file,
      "",
      `is not a JSON object but ${Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`}`,
    );
  }
  const lost = lostValue(text);
  if (lost !== undefined) throw new SpecStop(file, lost.pointer, lost.reason);
  return { bytes, value: value as Record<string, unknown> };
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SpecStop(file, "", "is not UTF-8 text");
  }
}

function parseJson(file: string, text: string): unknown {
  if (text.trim() === "") throw new SpecStop(file, "", "is empty");
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SpecStop(file, "", `is not JSON${placeOf(text, (error as Error).message)}`);
  }
}

/** Line and column out of the parser's message; it names none where the text ends too early. */
function placeOf(text: string, message: string): string {
  const at = /at position (\d+)/.exec(message)?.[1];
  if (at === undefined) return /end of JSON|Unterminated/i.test(message) ? `: it ends in line ${text.split("\n").length}` : "";
  const before = text.slice(0, Number(at)).split("\n");
  return `: line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
