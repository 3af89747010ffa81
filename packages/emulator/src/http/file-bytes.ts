const contents = new WeakMap<File, Uint8Array>();

/** Reads the files of a form, so that what is in them can be had at once afterwards. */
export async function readFiles(files: readonly File[]): Promise<void> {
  await Promise.all(files.map(async (file) => void contents.set(file, new Uint8Array(await file.arrayBuffer()))));
}

/** What is in a file of a form that has been read. */
export function fileBytes(file: File): Uint8Array {
  return contents.get(file) ?? new Uint8Array();
}
