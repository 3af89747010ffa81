import { readFile } from "node:fs/promises";
import type { PackageSources } from "./package-sources.ts";

type Dependencies = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies: Dependencies;
  readonly devDependencies: Dependencies;
  readonly [field: string]: unknown;
}

/**
 * A template's package.json for a project: its name, and where the packages of ghlkit come from.
 *
 * @throws UsageError when a package has no source.
 */
export async function projectManifest(path: string, name: string, sources: PackageSources): Promise<string> {
  const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
  const resolved = (dependencies: Dependencies): Dependencies =>
    Object.fromEntries(
      Object.entries(dependencies).map(([dependency, range]) => [
        dependency,
        range.startsWith("workspace:") ? sources.rangeOf(dependency) : range,
      ]),
    );
  const project = {
    ...manifest,
    name,
    dependencies: resolved(manifest.dependencies),
    devDependencies: resolved(manifest.devDependencies),
  };
  const direct = { ...project.dependencies, ...project.devDependencies };
  // npm refuses an override that differs from a direct dependency, unless it refers to it.
  const overrides = Object.fromEntries(Object.entries(sources.overrides).map(([at, range]) => [at, at in direct ? `$${at}` : range]));
  return `${JSON.stringify(Object.keys(overrides).length === 0 ? project : { ...project, overrides }, undefined, 2)}\n`;
}
