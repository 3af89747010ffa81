import { changedFiles, fileHashes } from "../file-hashes.ts";
import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

const generatedFile = /(^|\/)generated\/|^docs\/reference\//;

/** Generates again: what is in the tree must be what comes out. */
export const generated: Step = {
  name: "generated",
  run: async ({ root }) => {
    const before = await fileHashes(root, generatedFile);
    if (before.size === 0) return failed("No generated file in the tree. Run: pnpm generate");
    const { ok, output } = await runCommand(root, ["node", "packages/spec-tools/src/bin/generate.ts"]);
    if (!ok) return failed(output);
    const differences = changedFiles(before, await fileHashes(root, generatedFile));
    if (differences.length === 0) return passed(`${before.size} files`);
    return failed(
      `${differences.join("\n")}\n\nThey are written now: look at them and commit them.`,
      `${differences.length} of ${before.size} files`,
    );
  },
};
