import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { ghlError } from "@ghlkit/core";

const headBytes = 65_536;

/** The bytes at the beginning of a file, at most 64 KiB. @throws GhlError `invalid_request` when it cannot be read. */
export async function readHead(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** SHA-256 of the bytes of a file, in hexadecimal. @throws GhlError `invalid_request` when it cannot be read. */
export async function fingerprintOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch (error) {
    throw unreadable(path, error);
  }
  return hash.digest("hex");
}

/** One sentence for a file that cannot be read. */
export function unreadable(path: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : (error as Error).message;
  return ghlError("invalid_request", `Cannot read ${path}: ${why}.`, {}, { cause: error });
}
