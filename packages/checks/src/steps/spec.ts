import { changedFiles, fileHashes } from "../file-hashes.ts";
import { runCommand } from "../run-command.ts";
import { failed, judged, passed, type Step } from "../step.ts";

const written = /^(openapi|\.changeset)\//;

/** Holds the contract against a checkout of the vendor's documents, where there is one. */
export const spec: Step = {
  name: "spec",
  run: async ({ root, upstream }) => {
    if (upstream === undefined)
      return passed("SKIPPED: no checkout of the vendor's documents at ../shared/upstream; give --upstream <path>");
    const check = await runCommand(root, ["node", "packages/spec-tools/src/bin/spec-check.ts", "--from", upstream]);
    if (!check.ok) return failed(check.output);
    const before = await fileHashes(root, written);
    const sync = await runCommand(root, ["node", "packages/spec-tools/src/bin/spec-sync.ts", "--from", upstream]);
    if (!sync.ok) return failed(sync.output);
    return judged(changedFiles(before, await fileHashes(root, written)), "checked, and synced without a change");
  },
};
