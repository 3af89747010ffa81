import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import type { Tarball } from "../pack-tarball.ts";
import { runCommand } from "../run-command.ts";
import type { Project } from "./runtime.ts";

/** What a user of `ghlkit` does not install unless told to. */
const optional = new Set(["@ghlkit/storage-postgres", "@ghlkit/storage-redis", "@ghlkit/cli", "@ghlkit/emulator"]);

/** Installs the tarballs in two projects, with npm as most users do, and puts the program into the one without optional packages. */
export async function installProject(root: string, tarballs: readonly Tarball[], folder: string): Promise<Project> {
  const project = join(folder, "project");
  const allPackages = join(folder, "all-packages");
  await install(root, tarballs.filter(({ name }) => !optional.has(name)), project); // prettier-ignore
  await install(root, tarballs, allPackages);
  const source = await readFile(fileURLToPath(new URL("program/program.ts", import.meta.url)), "utf8");
  const program = { esm: join(project, "program.mjs"), cjs: join(project, "program.cjs") };
  for (const [format, file] of Object.entries(program) as ["esm" | "cjs", string][])
    await writeFile(file, (await transform(source, { loader: "ts", format, target: "es2023" })).code);
  return { folder: project, program, allPackages, entryPoints: tarballs.flatMap(({ entryPoints }) => entryPoints) };
}

async function install(root: string, tarballs: readonly Tarball[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`]));
  const peers = Object.fromEntries(
    tarballs.flatMap(({ peers: own }) => Object.entries(own)).filter(([name]) => !name.startsWith("@ghlkit/")),
  );
  const overrides = Object.fromEntries(Object.keys(files).map((name) => [name, `$${name}`]));
  const manifest = { private: true, type: "module", dependencies: { ...peers, ...files }, overrides };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  const command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"];
  const { ok, output } = await runCommand(root, command, folder);
  if (!ok) throw new Error(`the tarballs do not install together:\n${output}`);
}

/** Lets files of a folder import what the project has. */
export async function linkProject({ folder }: Project, into: string): Promise<void> {
  await symlink(join(folder, "node_modules"), join(into, "node_modules"), "dir");
}
