import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findSecrets } from "../find-secrets.ts";
import { failed, judged, type Step, type StepResult } from "../step.ts";

/** Looks for tokens, client secrets and keys in all that the tests printed, in their names and in their failures. */
export const suiteOutput: Step = {
  name: "suite-output",
  run: async ({ root, recordedTests }) => {
    const folder = recordedTests === undefined ? join(root, ".tmp") : dirname(recordedTests);
    const paths = [join(folder, "tests-output.log"), recordedTests ?? join(folder, "tests.json")];
    const texts = await Promise.all(paths.map((path) => readFile(path, "utf8").catch(() => undefined)));
    return judgeOutput(texts);
  },
};

/** @param texts What was printed, and the report; `undefined` where it is missing. */
export function judgeOutput(texts: readonly (string | undefined)[]): StepResult {
  if (texts.includes(undefined)) return failed("The test run left no output to look at.");
  const problems = texts.flatMap((text = "") =>
    [...findSecrets(text), ...findTestTokens(text)].map(({ kind, line }) => `line ${line} of the tests' output looks like ${kind}`),
  );
  const size = texts.reduce((sum, text = "") => sum + text.length, 0);
  return judged(problems, `${size} characters`);
}

/** Tokens of the made-up platforms of the tests, which have no form of their own. */
function findTestTokens(text: string): readonly { readonly kind: string; readonly line: number }[] {
  const tokens = text.matchAll(/\b(?:access|refresh|code)-secret-\d+-[0-9a-f]{8}-[0-9a-f-]{27}/g);
  return [...tokens].map(({ index }) => ({ kind: "a token of a test", line: text.slice(0, index).split("\n").length }));
}
