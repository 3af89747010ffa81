import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Where a project gets the packages of ghlkit from. */
export interface PackageSources {
  /** @throws UsageError when it does not have the package. */
  readonly rangeOf: (name: string) => string;
  /** What the packages depend on themselves, where it does not come from the registry. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** The registry: versions that go with this one, from the manifests beside it. */
export async function registrySources(): Promise<PackageSources> {
  const packages = new URL("../../", import.meta.url);
  const versions = new Map<string, string>();
  for (const folder of await readdir(packages)) {
    const text = await readFile(new URL(`${folder}/package.json`, packages), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const { name, version } = JSON.parse(text) as { readonly name: string; readonly version: string };
    versions.set(name, version);
  }
  return { rangeOf: (name) => `^${known(versions, name, "the workspace")}`, overrides: {} };
}

/**
 * A folder of tarballs, as `pnpm release:pack` leaves them: for versions that are not on the registry.
 *
 * @throws UsageError for a folder that has none.
 */
export async function tarballSources(folder: string): Promise<PackageSources> {
  const files = await readdir(folder).catch(() => {
    throw new UsageError(`There is no folder ${folder}: --packages takes the one that \`pnpm release:pack\` has written.`);
  });
  const ranges = new Map(files.flatMap((file) => entryOf(file, folder)));
  if (ranges.size === 0) throw new UsageError(`${folder} has no tarballs of ghlkit: write them with \`pnpm release:pack\`.`);
  return { rangeOf: (name) => known(ranges, name, folder), overrides: Object.fromEntries(ranges) };
}

/** `ghlkit-storage-sqlite-1.2.3.tgz` is that of `@ghlkit/storage-sqlite`. */
function entryOf(file: string, folder: string): readonly (readonly [name: string, range: string])[] {
  const [, own] = /^ghlkit(?:-([a-z-]+))?-\d+\.\d+\.\d+[\w.+-]*\.tgz$/.exec(file) ?? [];
  if (!/^ghlkit-.*\.tgz$/.test(file)) return [];
  return [[own === undefined ? "ghlkit" : `@ghlkit/${own}`, `file:${join(resolve(folder), file)}`]];
}

function known(entries: ReadonlyMap<string, string>, name: string, where: string): string {
  const entry = entries.get(name);
  if (entry === undefined) throw new UsageError(`${name} is not in ${where}.`);
  return entry;
}
