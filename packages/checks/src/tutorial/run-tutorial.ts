import { spawn, type ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../run-command.ts";
import { tutorialSteps, type TutorialStep } from "./tutorial-steps.ts";

export interface TutorialRun {
  /** Root of the workspace: its Node.js and programs run the commands. */
  readonly root: string;
  /** An empty folder, with the packages in `node_modules`. */
  readonly folder: string;
}

/**
 * Does what the tutorial says, in its order: writes files, runs commands, compares what they print, and leaves the processes of other
 * terminals running until the end.
 *
 * @returns problems; nothing is done after the first.
 */
export async function runTutorial(text: string, { root, folder }: TutorialRun): Promise<readonly string[]> {
  const terminals: Terminal[] = [];
  try {
    for (const step of tutorialSteps(text)) {
      const problem = await runStep(step, { root, folder, terminals });
      if (problem !== undefined) return [`line ${step.line}: ${problem}`];
    }
    return [];
  } finally {
    await Promise.all(terminals.map(({ child }) => ended(child)));
  }
}

interface Terminal {
  readonly child: ChildProcess;
  readonly output: () => string;
}

async function runStep(
  step: TutorialStep,
  { root, folder, terminals }: TutorialRun & { readonly terminals: Terminal[] },
): Promise<string | undefined> {
  if (step.kind === "file") {
    await writeFile(join(folder, step.path), step.code);
    return undefined;
  }
  if (step.hasOwnTerminal) {
    const terminal = openTerminal(step.command, { folder });
    terminals.push(terminal);
    return untilPrinted(terminal, step.output ?? "");
  }
  const { ok, output } = await runCommand(root, step.command.split(" "), folder);
  if (!ok) return `${step.command} failed:\n${output}`;
  if (step.output === undefined || output.trim() === step.output) return undefined;
  return `${step.command} printed\n${output.trim()}\ninstead of\n${step.output}`;
}

function openTerminal(command: string, { folder }: Pick<TutorialRun, "folder">): Terminal {
  const [, ...args] = command.split(" ");
  // Node.js itself: what ends a shell around it would leave it running.
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, NO_COLOR: "1" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => void (output += chunk));
  return { child, output: () => output };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill();
  await closed;
}

async function untilPrinted({ child, output }: Terminal, expected: string): Promise<string | undefined> {
  while (!output().includes(expected)) {
    if (child.exitCode !== null) return `the process ended without printing "${expected}":\n${output()}`;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return undefined;
}
