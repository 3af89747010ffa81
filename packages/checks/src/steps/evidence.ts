import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

/** Compares the contract with the shapes of recorded live answers. */
export const evidence: Step = {
  name: "evidence",
  run: async ({ root }) => {
    const { ok, output } = await runCommand(root, ["node", "packages/spec-tools/src/bin/spec-evidence.ts"]);
    return ok ? passed(output.trim().split("\n").at(-1)) : failed(output);
  },
};
