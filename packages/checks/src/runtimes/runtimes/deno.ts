import { installTool, programOf } from "../install-tool.ts";
import type { Runtime } from "../runtime.ts";
import { runProgramWith } from "../run-program.ts";

/** With the network, and what libraries look up of their surroundings. */
const run = ["run", "--node-modules-dir=manual", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env"];

export const deno: Runtime = {
  name: "Deno",
  run: async (context) => runProgramWith([programOf(await installTool(context.root, "deno"), "deno"), ...run], context),
};
