import type { PackedWorkspace } from "./release/packed-workspace.ts";

/** What a step may use. */
export interface StepContext {
  /** Root of the workspace. */
  readonly root: string;
  /** Folder for what the checks leave behind; ignored by git. */
  readonly scratch: string;
  /** Report of a test run that has just been made, in vitest's JSON form; without it the tests run. */
  readonly recordedTests: string | undefined;
  /** A checkout of the vendor's documents, where there is one. */
  readonly upstream: string | undefined;
  /** The next release, made in a copy of the workspace when first asked for: all steps try the same tarballs. */
  readonly release: () => Promise<PackedWorkspace>;
  /** Whether what is slow runs as well. */
  readonly full: boolean;
  /** Parts of the names of the runtimes to run; by default all, the slow ones with `full`. */
  readonly onlyRuntimes: readonly string[] | undefined;
  /** Shows a line at once. */
  readonly print: (line: string) => void;
}

export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** Shown in full when something failed. */
  readonly output: string;
  /** Shown beside the name in any case: a count, or why something was skipped. */
  readonly note?: string;
}

/** One check of `pnpm check`. It counts as one, except for the tests, which count one by one. */
export interface Step {
  readonly name: string;
  /** Runs with `--full` only. Default: always. */
  readonly isSlow?: boolean;
  readonly run: (context: StepContext) => Promise<StepResult>;
}

export function passed(note?: string): StepResult {
  return { passed: 1, failed: 0, output: "", ...(note === undefined ? {} : { note }) };
}

export function failed(output: string, note?: string): StepResult {
  return { passed: 0, failed: 1, output, ...(note === undefined ? {} : { note }) };
}

/** Passes when there is no problem; otherwise shows one problem a line. */
export function judged(problems: readonly string[], note: string): StepResult {
  return problems.length === 0 ? passed(note) : failed(problems.join("\n"), `${problems.length} problems, ${note}`);
}
