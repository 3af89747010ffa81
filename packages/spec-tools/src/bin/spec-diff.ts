import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { compareContracts } from "../diff/compare-contracts.ts";
import { diffText } from "../diff/diff-text.ts";
import { openContract } from "../diff/open-contract.ts";
import { runTool } from "./run-tool.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");

const program = new Command("spec:diff")
  .description("What differs between two contracts, operation by operation.")
  .argument("<old>", "folder of a contract, or a git ref")
  .argument("<new>", "folder of a contract, or a git ref")
  .option("--json", "machine-readable")
  .option("--fail-on-breaking", "exit 1 when something breaks")
  .parse();
const options = program.opts<{ json?: boolean; failOnBreaking?: boolean }>();
await runTool("spec:diff", async () => {
  const [before, after] = await Promise.all(program.args.map((one) => openContract(one, root)));
  if (before === undefined || after === undefined) throw new Error("two contracts are needed");
  const diff = compareContracts(before, after);
  console.log(options.json === true ? JSON.stringify(diff, null, 2) : diffText(diff));
  if (options.failOnBreaking === true && diff.breaking) process.exitCode = 1;
});
