import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { markdownSamples, sampleFile } from "../markdown-samples.ts";
import { runCommand } from "../run-command.ts";
import { failed, judged, type Step } from "../step.ts";
import { workspaceFiles } from "../workspace-files.ts";

const documents = /^(README|CONTRIBUTING)\.md$|^packages\/[^/]+\/README\.md$|^docs\/.*\.md$/;

/** Every `ts` block of the READMEs, guides and reference pages compiles: all of them in one run of tsc. */
export const docsSamples: Step = {
  name: "docs-samples",
  run: async ({ root }) => {
    // Inside this package, because its dependencies are what a sample may import.
    const folder = join(root, "packages", "checks", ".samples");
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const sources = new Map<string, string>();
    const problems: string[] = [];
    let unchecked = 0;
    const paths = (await workspaceFiles(root)).filter((path) => documents.test(path));
    for (const path of paths) {
      const found = markdownSamples(await readFile(join(root, path), "utf8"));
      unchecked += found.unchecked;
      for (const line of found.unexplained)
        problems.push(`${path}:${line} is marked no-check without a reason: put <!-- no-check: reason --> above it`);
      for (const { line, code } of found.samples) {
        const name = nameOf(path, line, code);
        sources.set(name, path);
        await mkdir(dirname(join(folder, name)), { recursive: true });
        // Blank lines in front, so that tsc counts the lines of the document.
        await writeFile(join(folder, name), "\n".repeat(line - 1) + code);
      }
    }
    const note = `${sources.size} samples in ${paths.length} documents, ${unchecked} not checked`;
    if (sources.size === 0) return failed("No sample found.", note);
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(project, undefined, 2));
    const { ok, output } = await runCommand(root, ["tsc", "-p", join(folder, "tsconfig.json"), "--pretty", "false"], folder);
    if (!ok) problems.push(inDocuments(output, sources));
    return judged(problems, note);
  },
};

const project = {
  extends: "../../../tsconfig.base.json",
  compilerOptions: { noEmit: true, types: ["node"], isolatedDeclarations: false, declaration: false, declarationMap: false },
  include: ["**/*.ts"],
};

/** Samples that are files stand side by side in a folder of their page, so that they can import each other. */
function nameOf(path: string, line: number, code: string): string {
  const page = path.replaceAll("/", "~");
  const file = sampleFile(code);
  return file === undefined ? `${page}~${line}.ts` : `${page}~files/${file}`;
}

/** Says where in the document an error stands instead of where in the extracted file. */
function inDocuments(output: string, sources: ReadonlyMap<string, string>): string {
  return output.replace(/^([^\s(]+\.ts)\((\d+),(\d+)\)/gm, (all: string, name: string, line: string, column: string) => {
    const path = sources.get(name);
    return path === undefined ? all : `${path}:${line}:${column}`;
  });
}
