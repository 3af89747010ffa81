import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installProject } from "../runtimes/install-project.ts";
import { matrix } from "../runtimes/matrix.ts";
import type { Project, Runtime } from "../runtimes/runtime.ts";
import { startTargets, type Targets } from "../runtimes/start-targets.ts";
import type { Step, StepContext } from "../step.ts";

/** Whether the small program runs on every runtime, bundler, test runner and compiler of the matrix, from the packed tarballs. */
export const runtimes: Step = {
  name: "runtimes",
  run: async ({ root, release, full, print, onlyRuntimes }) => {
    const { tarballs } = await release();
    // Outside of the workspace: nothing of it can be imported by mistake.
    const folder = await mkdtemp(join(tmpdir(), "ghlkit-runtimes-"));
    const targets = await startTargets();
    try {
      const project = await installProject(root, tarballs, folder);
      const chosen = matrix.filter(({ name, isSlow }) =>
        onlyRuntimes === undefined ? full || isSlow !== true : onlyRuntimes.some((part) => name.toLowerCase().includes(part.toLowerCase())),
      );
      const problems: string[] = [];
      for (const runtime of chosen) problems.push(...(await runOne(runtime, { root, folder, project, targets, print })));
      const note = `${chosen.length} of ${matrix.length} runtimes${full ? "" : ", the others with --full"}`;
      const failed = new Set(problems.map((problem) => problem.split(":", 1)[0])).size;
      return { passed: chosen.length - failed, failed, output: problems.join("\n\n"), note };
    } finally {
      await targets.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

interface Parts extends Pick<StepContext, "root" | "print"> {
  readonly folder: string;
  readonly project: Project;
  readonly targets: Targets;
}

async function runOne(runtime: Runtime, { root, folder, project, targets, print }: Parts): Promise<string[]> {
  const { name } = runtime;
  const own = join(folder, name.replaceAll(/\W+/g, "-").toLowerCase());
  await mkdir(own);
  const started = performance.now();
  let problems: readonly string[];
  try {
    problems = await runtime.run({ root, project, folder: own, aim: (traits) => targets.aim(name, traits) });
  } catch (error) {
    problems = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print(`     ${problems.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(40)} ${seconds.padStart(6)} s`);
  return problems.map((problem) => `${name}: ${problem}`);
}
