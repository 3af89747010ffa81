import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import type { Tarball } from "../pack-tarballs.ts";
import { runCommand } from "../run-command.ts";
import type { Project } from "./runtime.ts";

/** Optional packages, which a user of `ghlkit` installs by name. */
const optional = new Set([
  "@ghlkit/storage-postgres",
  "@ghlkit/storage-redis",
  "@ghlkit/cli",
  "@ghlkit/emulator",
  "@ghlkit/contract-documents",
]);

/** Installs the tarballs in two projects, with npm as most users do, and puts the program into the one without optional packages. */
export async function installProject(root: string, tarballs: readonly Tarball[], folder: string): Promise<Project> {
  const project = join(folder, "project");
  const allPackages = join(folder, "all-packages");
  await install(root, tarballs.filter(({ name }) => !optional.has(name)), project); // prettier-ignore
  await install(root, tarballs, allPackages);
  for (const name of ["program", "bundled", "lambda", "worker"]) await writeProgram(name, project);
  const installWith = (more: Readonly<Record<string, string>>, into: string): Promise<void> =>
    install(root, tarballs.filter(({ name }) => !optional.has(name)), into, more); // prettier-ignore
  return { folder: project, allPackages, installWith, entryPoints: tarballs.flatMap(({ entryPoints }) => entryPoints) };
}

/** As JavaScript, in both module formats. */
async function writeProgram(name: string, folder: string): Promise<void> {
  const source = await readFile(fileURLToPath(new URL(`program/${name}.ts`, import.meta.url)), "utf8");
  for (const [format, extension] of [
    ["esm", ".mjs"],
    ["cjs", ".cjs"],
  ] as const) {
    const text = source.replaceAll(/"(\.\/[\w-]+)\.ts"/g, `"$1${extension}"`);
    await writeFile(join(folder, `${name}${extension}`), (await transform(text, { loader: "ts", format, target: "es2023" })).code);
  }
}

/** @param more Packages of the registry that the project needs besides, by exact version. */
async function install(
  root: string,
  tarballs: readonly Tarball[],
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`]));
  const peers = Object.fromEntries(
    tarballs.flatMap(({ peers: own }) => Object.entries(own)).filter(([name]) => !name.startsWith("@ghlkit/")),
  );
  const overrides = Object.fromEntries(Object.keys(files).map((name) => [name, `$${name}`]));
  const manifest = { private: true, type: "module", dependencies: { ...peers, ...files, ...more }, overrides };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  const command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"];
  const { ok, output } = await runCommand(root, command, folder);
  if (!ok) throw new Error(`the tarballs do not install together:\n${output}`);
}
