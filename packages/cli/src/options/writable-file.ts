import { mkdir, open, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UsageError } from "../usage-error.ts";

/** Finds out before the work begins that its result could not be written. Folders that are missing are made. @throws UsageError */
export async function checkWritable(option: string, path: string, inputs: readonly string[] = []): Promise<void> {
  if (path === "") throw new UsageError(`${option} needs the name of a file.`);
  const input = inputs.find((one) => resolve(one) === resolve(path));
  if (input !== undefined) throw new UsageError(`${option} ${path} would replace ${input}, which is read: name another file.`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const isThere = await exists(path);
    await (await open(path, "a")).close();
    if (!isThere) await rm(path, { force: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${option} ${path} cannot be written: ${why}.`);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
