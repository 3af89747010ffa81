import { fileURLToPath } from "node:url";
import { generate, generatedFolders } from "../generate/generate.ts";
import { loadContract } from "../load/load-contract.ts";
import { runTool } from "./run-tool.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");
await runTool("generate", async () => {
  const started = performance.now();
  const files = await generate(await loadContract(`${root}/openapi`));
  const { written, removed } = await files.write(root, generatedFolders);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`generate: ${files.size} files, ${written} written, ${removed} removed, ${seconds} s`);
});
