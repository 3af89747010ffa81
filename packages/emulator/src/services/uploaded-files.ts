import type { Call } from "../call/call.ts";
import { fileBytes } from "../http/file-bytes.ts";
import type { Fields } from "../state/resource-record.ts";
import { storagePath } from "./storage.ts";

/** What is known of a file of a multipart body. */
export interface UploadedFile {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly file: File;
}

/** Keeps the files of a multipart body: name of the file → the address that serves it. */
export function uploadedFiles(call: Call): Fields {
  return Object.fromEntries(filesOf(call).map(({ name, file }) => [name, fileUrl(call, name, file)]));
}

/** The files of a multipart body. */
export function filesOf(call: Call): readonly UploadedFile[] {
  return Object.values(call.files).flatMap((files) => files.map((file) => ({ name: file.name, size: file.size, type: file.type, file })));
}

/**
 * The address of a file, on the origin that was asked.
 * @param file What is served there. Without one nothing is.
 */
export function fileUrl(call: Call, name: string, file?: File): string {
  const locationId = call.locationId ?? "company";
  const id = call.world.ids.object();
  if (file !== undefined) {
    const content = Buffer.from(fileBytes(file)).toString("base64");
    call.world.state.files.put({ id, locationId, name, type: file.type, content });
  }
  return `${call.origin}${storagePath}/${locationId}/media/${id}/${encodeURIComponent(name)}`;
}
