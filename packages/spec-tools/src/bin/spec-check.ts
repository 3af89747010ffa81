import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { checkProse } from "../check/check-prose.ts";
import { checkSurvival } from "../check/check-survival.ts";
import { resolveResponses } from "../check/resolve-responses.ts";
import { readDocuments } from "../load/read-documents.ts";
import type { SourceDocument } from "../normalise/source-document.ts";
import { openSource } from "../sync/open-source.ts";
import { readSource } from "../sync/read-source.ts";
import { runTool } from "./run-tool.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");
const options = new Command("spec:check")
  .description("Proves that the contract holds every fact of the vendor's documents and none of their sentences.")
  .requiredOption("--from <source>", "folder with the vendor's documents, or a git URL")
  .option("--ref <ref>", "branch, tag or commit of a git URL")
  .parse()
  .opts<{ from: string; ref?: string }>();

await runTool("spec:check", async () => {
  const opened = await openSource(options.from, options.ref);
  try {
    const source = await readSource(opened.folder);
    const contract = { v3: await readDocuments(join(root, "openapi/v3")), v2: await readDocuments(join(root, "openapi/v2")) };
    for (const documents of Object.values(contract))
      for (const document of documents.values()) resolveResponses(document as unknown as SourceDocument);
    const scopesPage = await readFile(join(opened.folder, "docs/Scopes.md"), "utf8").catch(() => "");
    const findings = [...checkSurvival(source, contract), ...(await checkProse(source, [scopesPage], root))];
    for (const { file, place, problem } of findings) console.error(`${file}${place === "" ? "" : ` ${place}`}: ${problem}`);
    console.log(`spec:check: ${findings.length} findings in ${source.files.length} documents.`);
    if (findings.length > 0) process.exitCode = 1;
  } finally {
    await opened.close();
  }
});
