import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyWorkspace } from "../copy-workspace.ts";
import { pinnedPnpm } from "../pinned-pnpm.ts";
import { pnpmCommand, runCommand } from "../run-command.ts";
import { mutationTargets } from "./mutation-targets.ts";

// pnpm mutate [target …]: StrykerJS on a copy of the workspace, one target after another. It takes from minutes to hours.
const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(mutationTargets);
const unknown = names.filter((name) => !Object.hasOwn(mutationTargets, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. There are: ${Object.keys(mutationTargets).join(", ")}.`);
  process.exit(2);
}

const copy = await mkdtemp(join(tmpdir(), "ghlkit-mutate-"));
try {
  await copyWorkspace(root, copy);
  const { ok, output } = await runCommand(copy, [
    ...pnpmCommand(await pinnedPnpm(root)),
    "install",
    "--frozen-lockfile",
    "--prefer-offline",
  ]);
  if (!ok) throw new Error(output);
  for (const name of names) await mutate(name);
} finally {
  await rm(copy, { recursive: true, force: true });
}

/** Mutates one target in place, in the copy: the packages of a workspace find each other by links that a sandbox would not have. */
async function mutate(name: string): Promise<void> {
  const target = mutationTargets[name];
  if (target === undefined) throw new Error(`No target ${name}.`);
  const stryker = join(copy, "packages/checks/node_modules/@stryker-mutator");
  const config = join(copy, ".tmp-stryker.json");
  const vitestConfig = join(copy, ".tmp-vitest.config.ts");
  const report = join(root, ".tmp", "mutation", `${name.replace("/", "-")}.html`);
  await writeFile(
    config,
    JSON.stringify({
      plugins: [join(stryker, "vitest-runner/dist/src/index.js")],
      testRunner: "vitest",
      vitest: { configFile: vitestConfig },
      mutate: target.mutate,
      inPlace: true,
      coverageAnalysis: "perTest",
      reporters: ["clear-text", "html"],
      htmlReporter: { fileName: report },
      clearTextReporter: { allowColor: false, reportTests: false },
      timeoutMS: 60_000,
      concurrency: Number(process.env["MUTATE_CONCURRENCY"] ?? 2),
    }),
  );
  // The tests of one package, without the projects of the workspace.
  const settings = { root: join(copy, target.tests), test: { testTimeout: 120_000, hookTimeout: 120_000 } };
  await writeFile(vitestConfig, `export default ${JSON.stringify(settings)};\n`);
  console.log(`\n${name}, report ${report}`);
  const child = spawn(process.execPath, [join(stryker, "core/bin/stryker.js"), "run", config], { cwd: copy, stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`StrykerJS ended with ${code} for ${name}.`);
}
