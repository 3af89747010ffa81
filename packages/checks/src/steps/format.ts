import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

export const format: Step = {
  name: "format",
  run: async ({ root }) => {
    const { ok, output } = await runCommand(root, ["oxfmt", "--check", "."]);
    return ok ? passed() : failed(`${output}\nRun: pnpm format`);
  },
};
