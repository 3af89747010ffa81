import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { installTool } from "../install-tool.ts";
import type { Bundle } from "../run-bundle.ts";
import { runBundle } from "../run-bundle.ts";
import type { Runtime } from "../runtime.ts";
import type { Tool } from "../versions.ts";

interface Stats {
  readonly hasErrors: () => boolean;
  readonly toString: (how: { readonly colors: false; readonly all: false; readonly errors: true }) => string;
}

/** webpack, and what has its interface. */
type Webpack = (options: object, done: (error: Error | null, stats?: Stats) => void) => void;

export const webpack: Runtime = {
  name: "webpack",
  isSlow: true,
  run: async (context) => runBundle(bundleWith(await load(context.root, "webpack", "webpack", "default")), context),
};

export const rspack: Runtime = {
  name: "Rspack",
  isSlow: true,
  run: async (context) => runBundle(bundleWith(await load(context.root, "rspack", "@rspack/core", "rspack")), context),
};

async function load(root: string, tool: Tool, name: string, exported: string): Promise<Webpack> {
  const folder = await installTool(root, tool);
  const file = createRequire(join(folder, "package.json")).resolve(name);
  return ((await import(pathToFileURL(file).href)) as Readonly<Record<string, Webpack>>)[exported] as Webpack;
}

function bundleWith(compile: Webpack): Bundle {
  return (entry, outfile) =>
    new Promise((resolve, reject) => {
      const output = { path: dirname(outfile), filename: basename(outfile), module: true, chunkFormat: "module" };
      const options = { mode: "production", target: "node22", entry, context: dirname(entry), output, experiments: { outputModule: true } };
      compile(options, (error, stats) => {
        if (error !== null) reject(error);
        else if (stats?.hasErrors() === true) reject(new Error(stats.toString({ colors: false, all: false, errors: true })));
        else resolve();
      });
    });
}
