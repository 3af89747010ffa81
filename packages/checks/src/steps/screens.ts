import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

/** Screenshots of every page of the sample applications, for people to look at. */
export const screens: Step = {
  name: "screens",
  isSlow: true,
  run: async ({ root }) => {
    const { ok, output } = await runCommand(root, ["node", "packages/demo/src/screens.ts"]);
    return ok ? passed(".tmp/screens") : failed(output);
  },
};
