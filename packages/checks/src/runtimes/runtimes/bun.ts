import { installTool, programOf } from "../install-tool.ts";
import type { Runtime } from "../runtime.ts";
import { runProgramWith } from "../run-program.ts";

export const bun: Runtime = {
  name: "Bun",
  run: async (context) => runProgramWith([programOf(await installTool(context.root, "bun"), "bun"), "run"], context),
};
