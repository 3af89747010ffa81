import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Entry points of a package that people write, with their source files. Those that are generated change with the contract, and are reviewed there. */
export async function apiEntryPoints(folder: string): Promise<ReadonlyMap<string, string>> {
  const { exports } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, string>>;
  };
  const written = Object.entries(exports).filter(([entry]) => !entry.includes("*"));
  return new Map(written.map(([entry, source]) => [entry, join(folder, source)]));
}
