import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkRecorded } from "../evidence/check-recorded.ts";
import { readRecordedAnswers } from "../evidence/recorded-answers.ts";
import { loadContract } from "../load/load-contract.ts";
import { runTool } from "./run-tool.ts";

const openapi = join(fileURLToPath(new URL("../../../..", import.meta.url)), "openapi");

await runTool("spec:evidence", async () => {
  const answers = await readRecordedAnswers(join(openapi, "evidence"));
  const findings = checkRecorded(await loadContract(openapi), answers);
  for (const { file, place, problem } of findings) console.error(`${file} ${place}: ${problem}`);
  console.log(`spec:evidence: ${findings.length} findings in ${answers.length} recorded answers.`);
  if (findings.length > 0) process.exitCode = 1;
});
