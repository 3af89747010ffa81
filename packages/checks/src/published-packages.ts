import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  /** In the workspace every entry point is one source file. */
  readonly exports: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package that goes to the registry. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute path. */
  readonly folder: string;
  /** What a user imports, e.g. `@ghlkit/client/v2`; patterns are spelled out. */
  readonly entryPoints: readonly string[];
  /** What a user installs beside it where an entry point needs it. */
  readonly peers: Readonly<Record<string, string>>;
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
    const paths = await Promise.all(Object.entries(manifest.exports).map(([path, source]) => spelledOut(folder, path, source)));
    const entryPoints = paths.flat().map((path) => manifest.name + path.slice(1));
    packages.push({ name: manifest.name, version: manifest.version, folder, entryPoints, peers: manifest.peerDependencies ?? {} });
  }
  return packages.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** One path for each file that a pattern like `./types/*` reaches. */
async function spelledOut(folder: string, path: string, source: string): Promise<readonly string[]> {
  if (!path.includes("*")) return [path];
  const [before, after] = source.split("*") as [string, string];
  const files = await readdir(join(folder, dirname(`${before}x`)));
  const names = files.filter((name) => name.endsWith(after)).map((name) => name.slice(0, name.length - after.length));
  return names.map((name) => path.replace("*", name));
}
