import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../run-command.ts";
import { problemsOf } from "./run-program.ts";
import type { RuntimeContext } from "./runtime.ts";

/** Bundles `entry` into `outfile`. */
export type Bundle = (entry: string, outfile: string) => Promise<void>;

/**
 * Bundles the program of a server, and runs the bundle where no package can be found: what is missing in it is missing.
 * @throws Error when it cannot be bundled.
 */
export async function runBundle(bundle: Bundle, { root, project, folder, aim }: RuntimeContext): Promise<readonly string[]> {
  const { target, problems } = await aim();
  const entry = join(project.folder, `${target.runtime.replaceAll(/\W+/g, "-")}.mjs`);
  const lines = [
    'import { runBundled } from "./bundled.mjs";',
    `runBundled(${JSON.stringify(target)}).then((done) => console.log(JSON.stringify(done)));`,
  ];
  await writeFile(entry, lines.join("\n"));
  const outfile = join(folder, "out", "main.mjs");
  await bundle(entry, outfile);
  const { ok, output } = await runCommand(root, ["node", outfile], folder);
  return [...problemsOf(output, ok), ...(await problems())];
}
