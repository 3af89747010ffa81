import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

/** Lint with types: floating promises, the import rules between packages, 400 lines a file. */
export const lint: Step = {
  name: "lint",
  run: async ({ root }) => {
    const { ok, output } = await runCommand(root, ["oxlint"]);
    return ok ? passed() : failed(output);
  },
};
