import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** A package that goes to the registry. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute path. */
  readonly folder: string;
  /** What a user imports, e.g. `@ghlkit/client/v2`. */
  readonly entryPoints: readonly string[];
}

/** The packages of the workspace that are not private, by name. */
export async function publishedPackages(root: string): Promise<readonly PublishedPackage[]> {
  const folders = await readdir(join(root, "packages"), { withFileTypes: true });
  const packages: PublishedPackage[] = [];
  for (const { name: folderName } of folders.filter((entry) => entry.isDirectory())) {
    const folder = join(root, "packages", folderName);
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.private === true) continue;
    const entryPoints = Object.keys(manifest.exports)
      .filter((path) => !path.endsWith(".json"))
      .map((path) => manifest.name + path.slice(1));
    packages.push({ name: manifest.name, version: manifest.version, folder, entryPoints });
  }
  return packages.toSorted((a, b) => a.name.localeCompare(b.name));
}
