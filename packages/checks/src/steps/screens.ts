import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

/** Screenshots of every page of the sample applications, for people to look at. With `--full`. */
export const screens: Step = {
  name: "screens",
  run: async ({ root, full }) => {
    if (!full) return { passed: 0, failed: 0, output: "", note: "only with --full" };
    const { ok, output } = await runCommand(root, ["node", "packages/demo/src/screens.ts"]);
    return ok ? passed(".tmp/screens") : failed(output);
  },
};
