import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../run-command.ts";
import type { Done } from "./program/program.ts";
import type { RuntimeContext } from "./runtime.ts";
import type { TargetTraits } from "./start-targets.ts";

/** What was done, as the program prints it; else the output in full is the problem. */
export function problemsOf(output: string, ok = true): readonly string[] {
  const line = output.split("\n").find((text) => text.startsWith('[{"what"'));
  if (!ok || line === undefined) return [output.trim() === "" ? "no output" : output];
  const done = JSON.parse(line) as readonly Done[];
  return done.flatMap(({ what, problem }) => (problem === undefined ? [] : [`${what}: ${problem}`]));
}

/** Runs the program with a command line program, such as `node` or `bun`, in the project's folder. */
export async function runProgramWith(
  command: readonly string[],
  { root, project, aim }: RuntimeContext,
  { format = "esm", ...traits }: TargetTraits & { readonly format?: "esm" | "cjs" } = {},
): Promise<readonly string[]> {
  const { target, problems } = await aim(traits);
  const main = join(project.folder, `${target.runtime.replaceAll(/\W+/g, "-")}.${format === "esm" ? "mjs" : "cjs"}`);
  await writeFile(main, mains[format](JSON.stringify(target)));
  const { ok, output } = await runCommand(root, [...command, main], project.folder);
  return [...problemsOf(output, ok), ...(await problems())];
}

const mains = {
  esm: (target: string) => `import { runBundled } from "./bundled.mjs";
console.log(JSON.stringify(await runBundled(${target})));
`,
  cjs: (target: string) => `const { runBundled } = require("./bundled.cjs");
runBundled(${target}).then((done) => console.log(JSON.stringify(done)));
`,
};
