import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "../sync/read-source.ts";
import type { Finding } from "./finding.ts";
import { ProseFinder } from "./find-prose.ts";
import { sentencesOf, sentencesOfPage } from "./vendor-sentences.ts";

/** Folders in which no sentence of the vendor may stand. */
export const checkedFiles: readonly string[] = [
  "openapi/**/*",
  "packages/*/src/generated/**/*",
  "docs/reference/**/*",
  "packages/spec-tools/facts/*",
];

/** Proves that no sentence of five words or more of the vendor's documents stands in what we publish. */
export async function checkProse(source: Source, pages: readonly string[], root: string): Promise<readonly Finding[]> {
  const raw = [...source.files.map((one) => one.raw), ...Object.values(source.common)];
  const finder = new ProseFinder([...raw.flatMap(sentencesOf), ...pages.flatMap(sentencesOfPage)]);
  const findings: Finding[] = [];
  for await (const file of glob([...checkedFiles], { cwd: root })) {
    const text = await readFile(join(root, file), "utf8").catch(() => "");
    for (const sentence of finder.find(text)) findings.push({ file, place: "", problem: `a sentence of the vendor: "${sentence}"` });
  }
  return findings;
}
