import { glob, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/**
 * Bundles each published entry point of the package in the current folder into `dist/`, dependencies left outside.
 * A program then loads one file per entry instead of dozens: the import of the client takes a third of the time.
 * Types come from tsc, which runs before.
 */
const manifest = JSON.parse(await readFile("package.json", "utf8")) as Manifest;
const patterns = [...Object.values(manifest.exports), ...Object.values(manifest.bin ?? {})].map((path) => path.slice(2));
const entryPoints = new Set<string>();
for (const pattern of patterns) for await (const path of glob(pattern)) entryPoints.add(path);

for await (const old of glob("dist/**/*.js")) await rm(old);
await build({
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
