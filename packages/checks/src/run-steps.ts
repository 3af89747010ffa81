import { failed, type Step, type StepContext, type StepResult } from "./step.ts";

export interface Sum {
  readonly passed: number;
  readonly failed: number;
}

/** Runs one step after the other, prints each with its duration, shows what failed in full, and adds up. */
export async function runSteps(steps: readonly Step[], context: StepContext, print: (line: string) => void): Promise<Sum> {
  let sum: Sum = { passed: 0, failed: 0 };
  for (const step of steps) {
    const started = performance.now();
    const result = await runOne(step, context);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const mark = result.failed === 0 ? "ok  " : "FAIL";
    print(`${mark} ${step.name.padEnd(16)} ${seconds.padStart(6)} s${result.note === undefined ? "" : `  ${result.note}`}`);
    if (result.failed > 0 && result.output !== "") print(`\n${result.output.trimEnd()}\n`);
    sum = { passed: sum.passed + result.passed, failed: sum.failed + result.failed };
  }
  return sum;
}

/** A step that breaks has failed; the others still run. */
async function runOne(step: Step, context: StepContext): Promise<StepResult> {
  if (step.isSlow === true && !context.full) return { passed: 0, failed: 0, output: "", note: "only with --full" };
  try {
    return await step.run(context);
  } catch (error) {
    return failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
