import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tarball } from "./pack-tarballs.ts";
import { pinnedPnpm } from "./pinned-pnpm.ts";
import { pnpmCommand, runCommand } from "./run-command.ts";

/** Installs all tarballs together outside the workspace, imports every entry point under Node, and type-checks such imports. */
export async function scratchProject(root: string, tarballs: readonly Tarball[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-scratch-"));
  try {
    await writeProject(folder, tarballs);
    const install = [
      ...pnpmCommand(await pinnedPnpm(root)),
      "install",
      "--ignore-workspace",
      "--prefer-offline",
      "--no-frozen-lockfile",
      "--ignore-scripts",
    ];
    const installed = await runCommand(root, install, folder);
    if (!installed.ok) return [`the tarballs do not install together:\n${installed.output}`];
    const imported = await runCommand(root, ["node", "import-all.mjs"], folder);
    const compiled = await runCommand(root, ["tsc", "-p", "tsconfig.json", "--pretty", "false"], folder);
    return [imported, compiled].flatMap(({ ok, output }) => (ok ? [] : [output]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeProject(folder: string, tarballs: readonly Tarball[]): Promise<void> {
  const files = Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`]));
  // The versions may not be on the registry yet: what depends on a sibling gets its tarball.
  const peers = Object.fromEntries(tarballs.flatMap(({ peers: own }) => Object.entries(own)).filter(([name]) => !(name in files)));
  const manifest = { name: "scratch", private: true, type: "module", dependencies: { ...peers, ...files }, pnpm: { overrides: files } };
  const names = tarballs.flatMap(({ entryPoints }) => entryPoints);
  const importAll = `let failed = 0;
for (const name of ${JSON.stringify(names)}) {
  try {
    await import(name);
  } catch (error) {
    failed += 1;
    console.error(\`import "\${name}" failed: \${error.stack}\`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
`;
  const lib = ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable"];
  const compilerOptions = { noEmit: true, strict: true, target: "ES2023", lib, module: "NodeNext", skipLibCheck: false, types: [] };
  const uses = names.map((name, at) => `import * as entry${at} from ${JSON.stringify(name)};\nvoid entry${at};\n`);
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  await writeFile(join(folder, "import-all.mjs"), importAll);
  await writeFile(join(folder, "use-all.ts"), uses.join(""));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use-all.ts"] }, undefined, 2));
}
