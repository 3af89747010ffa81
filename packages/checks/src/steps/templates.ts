import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../run-command.ts";
import type { Step, StepContext } from "../step.ts";

interface Template {
  readonly name: string;
  /** What a new user runs after the installation. */
  readonly scripts: readonly string[];
  /** With `pnpm check --full` only. */
  readonly isSlow?: true;
}

const templates: readonly Template[] = [
  { name: "hono", scripts: ["typecheck", "test"] },
  { name: "workers", scripts: ["typecheck", "test"], isSlow: true },
  { name: "next", scripts: ["build", "typecheck", "test"], isSlow: true },
];

/** What `npm create ghlkit` makes is green at once: each project is made, installed from the packed tarballs, compiled and tested. */
export const projectTemplates: Step = {
  name: "templates",
  run: async (context) => {
    const chosen = templates.filter(({ isSlow }) => context.full || isSlow !== true);
    const { folder: tarballs } = await context.release();
    // Outside of the workspace: nothing of it can be imported by mistake.
    const folder = await mkdtemp(join(tmpdir(), "ghlkit-templates-"));
    try {
      const problems: string[] = [];
      for (const template of chosen) problems.push(...(await tryTemplate(template, { ...context, folder, tarballs })));
      const note = `${chosen.length} of ${templates.length} templates${context.full ? "" : ", the others with --full"}`;
      return { passed: chosen.length - problems.length, failed: problems.length, output: problems.join("\n\n"), note };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

interface Surroundings extends Pick<StepContext, "root" | "print"> {
  readonly folder: string;
  readonly tarballs: string;
}

/** @returns the first problem, if there is one. */
async function tryTemplate({ name, scripts }: Template, { root, print, folder, tarballs }: Surroundings): Promise<readonly string[]> {
  const project = join(folder, `${name}-app`);
  const bin = join(root, "packages", "create-ghlkit", "src", "bin.ts");
  const env = { NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false" };
  const commands = [
    ["node", bin, project, "--template", name, "--packages", tarballs],
    ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--prefix", project],
    ...scripts.map((script) => ["npm", "run", script, "--prefix", project]),
  ];
  const started = performance.now();
  for (const command of commands) {
    const { ok, output } = await runCommand(root, command, { cwd: folder, env });
    if (!ok) return [`${name}: ${command.join(" ")} failed:\n${output}`];
  }
  print(`     ok   ${name.padEnd(40)} ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s`);
  return [];
}
