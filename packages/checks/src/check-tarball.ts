import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { listTarball } from "./list-tarball.ts";
import type { Tarball } from "./pack-tarballs.ts";
import { undeclaredImports } from "./undeclared-imports.ts";

/** Problems an ESM-only package has by choice: CommonJS needs `import()`, and resolution as of Node 10 is not served. */
const byChoice = new Set<Problem["kind"]>(["CJSResolvesToESM"]);

const expected = /^(dist\/.*\.(js|d\.ts|json)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
const required = ["README.md", "LICENSE", "package.json"];

/** Holds one tarball against publint (all its advice), arethetypeswrong (ESM only), and what should and should not be in it. */
export async function checkTarball({ name, file, folder }: Tarball): Promise<string[]> {
  const bytes = await readFile(file);
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  const advice = messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
  const problems = [...advice, ...(await typeProblems(bytes)), ...(await fileProblems(file, folder))];
  return problems.map((problem) => `${name}: ${problem}`);
}

/** A package of subpaths alone has no main entry point. */
interface WithMain {
  readonly exports: Readonly<Record<string, unknown>>;
}

async function typeProblems(bytes: Buffer): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)));
  if (analysis.types === false) return ["no types in the tarball"];
  const wrong = analysis.problems.filter((problem) => {
    if (byChoice.has(problem.kind)) return false;
    return !("resolutionKind" in problem) || problem.resolutionKind !== "node10";
  });
  return wrong.map((problem) => `types: ${JSON.stringify(problem)}`);
}

async function fileProblems(file: string, folder: string): Promise<string[]> {
  const { files } = await listTarball(file);
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Parameters<typeof undeclaredImports>[1] & WithMain;
  const main = "." in manifest.exports ? ["dist/index.js", "dist/index.d.ts"] : [];
  const problems = [
    ...[...required, ...main].filter((path) => !files.includes(path)).map((path) => `${path} is missing in the tarball`),
    ...files.filter((path) => !expected.test(path)).map((path) => `${path} should not be in the tarball`),
  ];
  for (const path of files.filter((path) => /^dist\/.*\.(js|d\.ts)$/.test(path))) {
    const undeclared = undeclaredImports(await readFile(join(folder, path), "utf8"), manifest);
    problems.push(...undeclared.map((imported) => `${path} imports ${imported}, which package.json does not declare`));
  }
  return problems;
}
