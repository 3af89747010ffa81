import { installTool, programOf } from "../install-tool.ts";
import type { Runtime } from "../runtime.ts";
import { runProgramWith } from "../run-program.ts";

export const node24: Runtime = { name: "Node.js 24, import", run: (context) => runProgramWith(["node"], context) };

export const node24Require: Runtime = {
  name: "Node.js 24, require",
  run: (context) => runProgramWith(["node"], context, { format: "cjs" }),
};

export const node22: Runtime = {
  name: "Node.js 22, import",
  run: async (context) => runProgramWith([await node22Program(context.root)], context),
};

export const node22Require: Runtime = {
  name: "Node.js 22, require",
  run: async (context) => runProgramWith([await node22Program(context.root)], context, { format: "cjs" }),
};

async function node22Program(root: string): Promise<string> {
  return programOf(await installTool(root, "node22"), "node");
}
