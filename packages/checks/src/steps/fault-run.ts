import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";

/** All sample applications at once while the platform fails and their processes are killed; afterwards they and the platform are alike. */
export const faultRun: Step = {
  name: "fault-run",
  isSlow: true,
  run: async ({ root }) => {
    const seed = Math.floor(Math.random() * 1e6);
    const { ok, output } = await runCommand(root, ["node", "packages/demo/src/fault-run/main.ts", "--seed", String(seed)]);
    return ok ? passed(`seed ${seed}`) : failed(output, `seed ${seed}`);
  },
};
