import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { verifiedTarballs } from "./checksums.ts";
import { readTarball } from "./read-tarball.ts";

/** A tarball that is to be published, with what its own manifest says. */
export interface ReleasePackage {
  readonly name: string;
  readonly version: string;
  /** Absolute path. */
  readonly file: string;
  /** As the registry states it: `sha512-…`. */
  readonly integrity: string;
  /** Names of the packages that it needs at run time. */
  readonly dependencies: readonly string[];
  /** Text of its changelog; empty when it has none. */
  readonly changelog: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * The packages of a folder of tarballs.
 *
 * @throws Error when a tarball is not the one that was packed.
 */
export async function readRelease(folder: string): Promise<readonly ReleasePackage[]> {
  return Promise.all((await verifiedTarballs(folder)).map(releasePackage));
}

async function releasePackage(file: string): Promise<ReleasePackage> {
  const files = await readTarball(file);
  const textOf = (name: string): string | undefined => files.find(({ path }) => path === name)?.content.toString("utf8");
  const manifest = textOf("package.json");
  if (manifest === undefined) throw new Error(`${file} has no package.json.`);
  const { name, version, dependencies = {} } = JSON.parse(manifest) as Manifest;
  const hash = createHash("sha512").update(await readFile(file));
  return {
    name,
    version,
    file,
    integrity: `sha512-${hash.digest("base64")}`,
    dependencies: Object.keys(dependencies),
    changelog: textOf("CHANGELOG.md") ?? "",
  };
}

/** Packages in an order in which each comes after those that it depends on: a release that breaks off leaves nothing that cannot be installed. */
export function inDependencyOrder(packages: readonly ReleasePackage[]): readonly ReleasePackage[] {
  const ordered: ReleasePackage[] = [];
  const visit = (one: ReleasePackage, path: readonly string[]): void => {
    if (path.includes(one.name)) throw new Error(`Packages depend on each other: ${[...path, one.name].join(" → ")}`);
    if (ordered.includes(one)) return;
    for (const needed of packages.filter(({ name }) => one.dependencies.includes(name))) visit(needed, [...path, one.name]);
    ordered.push(one);
  };
  for (const one of packages.toSorted((a, b) => (a.name < b.name ? -1 : 1))) visit(one, []);
  return ordered;
}
