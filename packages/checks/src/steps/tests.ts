import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../run-command.ts";
import { failed, type Step, type StepResult } from "../step.ts";

/** The part of vitest's JSON report that is added up. */
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  /** Why the file broke, where no test of it ran. */
  readonly message?: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages?: readonly string[];
  }[];
}

/** Characters of a failure that are shown. The run itself shows all of it. */
const shownOfFailure = 2_000;

/** All tests of the workspace, counted one by one. */
export const tests: Step = {
  name: "tests",
  run: async ({ root, recordedTests }) => {
    if (recordedTests !== undefined) return counted(await readFile(recordedTests, "utf8"), true, "counted from the run just made");
    const report = join(root, ".tmp", "tests.json");
    await rm(report, { force: true });
    const { ok, output } = await runCommand(root, ["vitest", "run"]);
    const text = await readFile(report, "utf8").catch(() => undefined);
    if (text === undefined) return failed(`${output}\nvitest left no report.`);
    const result = counted(text, ok);
    return { ...result, output: ok ? "" : output };
  },
};

/** Adds a report up. A file that broke before its tests, or a run that broke around them, is a failure of its own. */
export function counted(report: string, ok: boolean, remark?: string): StepResult {
  const { success, numPassedTests, numFailedTests, testResults } = JSON.parse(report) as Report;
  const broken = testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0);
  const known = numFailedTests + broken.length;
  const unexplained = known === 0 && (!ok || !success) ? 1 : 0;
  const note = [
    `${numPassedTests} passed`,
    `${known + unexplained} failed`,
    `${testResults.length} files`,
    ...(remark ? [remark] : []),
  ].join(", ");
  return { passed: numPassedTests, failed: known + unexplained, output: testResults.flatMap(failuresOf).join("\n"), note };
}

function failuresOf({ name, status, message, assertionResults }: FileReport): string[] {
  if (status === "failed" && assertionResults.length === 0) return [`broken: ${name}\n${(message ?? "").slice(0, shownOfFailure)}`];
  return assertionResults
    .filter((test) => test.status === "failed")
    .map((test) => `failed: ${name}\n  ${test.fullName}\n${(test.failureMessages ?? []).join("\n").slice(0, shownOfFailure)}`);
}
