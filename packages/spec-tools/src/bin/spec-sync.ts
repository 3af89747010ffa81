import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { applyOverlays } from "../overlay/apply-overlays.ts";
import { readOverlays } from "../overlay/read-overlays.ts";
import { openSource } from "../sync/open-source.ts";
import { sync } from "../sync/sync.ts";
import { summary } from "../diff/diff-text.ts";

interface Options {
  readonly from: string;
  readonly ref?: string;
  readonly commit?: string;
  readonly date?: string;
}
import { runTool } from "./run-tool.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");

const options = new Command("spec:sync")
  .description("Writes the contract in openapi/ from the vendor's documents.")
  .requiredOption("--from <source>", "folder with the vendor's documents, or a git URL")
  .option("--ref <ref>", "branch, tag or commit of a git URL")
  .option("--commit <sha>", "commit of a folder that is no checkout")
  .option("--date <day>", "day of that commit, YYYY-MM-DD")
  .parse()
  .opts<Options>();

await runTool("spec:sync", async () => {
  const started = performance.now();
  const source = await openSource(options.from, options.ref);
  try {
    const state = {
      commit: options.commit,
      date: options.date,
      ...(source.folder === options.from ? {} : { repository: repositoryOf(options.from) }),
    };
    const { changed, diff, documents, repairs, namesAdded, events } = await sync({ source: source.folder, root, state });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(diff.operations.length === 0 ? "spec:sync: no operation changed." : `spec:sync: ${summary(diff)}`);
    console.log(
      `${changed.length} files written, ${repairs.length} repairs, ${namesAdded.size} new names, ${seconds} s. Reports: openapi/changes`,
    );
    console.log(`Webhook events: ${events}`);
    // The files are written; an overlay that no longer fits is a person's work, and fails the run with its name.
    applyOverlays(documents, await readOverlays(join(root, "openapi/overlays")));
  } finally {
    await source.close();
  }
});

function repositoryOf(from: string): string | undefined {
  return from.includes("://") || from.includes("@") ? from : undefined;
}
