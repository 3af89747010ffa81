import { readFile } from "node:fs/promises";
import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { Tarball } from "./pack-tarball.ts";

/** Problems an ESM-only package has by choice: CommonJS needs `import()`, and resolution as of Node 10 is not served. */
const byChoice = new Set<Problem["kind"]>(["CJSResolvesToESM"]);

/** Holds one tarball against publint (all its advice) and arethetypeswrong (ESM only). */
export async function checkTarball({ name, file }: Tarball): Promise<string[]> {
  const bytes = await readFile(file);
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  const advice = messages.map((message) => `${name}: publint: ${formatMessage(message, pkg, { color: false })}`);
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)));
  if (analysis.types === false) return [...advice, `${name}: no types in the tarball`];
  const wrong = analysis.problems.filter((problem) => {
    if (byChoice.has(problem.kind)) return false;
    return !("resolutionKind" in problem) || problem.resolutionKind !== "node10";
  });
  return [...advice, ...wrong.map((problem) => `${name}: types: ${JSON.stringify(problem)}`)];
}
