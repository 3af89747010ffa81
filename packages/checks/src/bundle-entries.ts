import { glob, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/**
 * Bundles each published entry point of a package into its `dist/`, dependencies left outside.
 * A program then loads one file per entry instead of dozens: the import of the client takes a third of the time.
 * Types come from tsc, which runs before.
 *
 * @param folder Absolute path of the package.
 */
export async function bundleEntries(folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  const patterns = [...Object.values(manifest.exports), ...Object.values(manifest.bin ?? {})].map((path) => path.slice(2));
  const entryPoints = new Set<string>();
  for (const pattern of patterns) for await (const path of glob(pattern, { cwd: folder })) entryPoints.add(path);
  for await (const old of glob("dist/**/*.js", { cwd: folder })) await rm(join(folder, old));
  await build({
    absWorkingDir: folder,
    entryPoints: [...entryPoints].toSorted(),
    outdir: "dist",
    outbase: "src",
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "es2023",
    chunkNames: "chunks/[name]-[hash]",
    logLevel: "warning",
  });
}

if (import.meta.main) await bundleEntries(process.cwd());
