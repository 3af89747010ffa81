import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

export const typecheck: Step = {
  name: "typecheck",
  run: async ({ root }) => {
    const { ok, output } = await runCommand(root, ["turbo", "run", "typecheck", "--output-logs=errors-only", "--continue"]);
    return ok ? passed() : failed(output);
  },
};
