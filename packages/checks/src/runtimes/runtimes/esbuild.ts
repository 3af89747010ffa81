import { build } from "esbuild";
import type { Runtime } from "../runtime.ts";
import { runBundle } from "../run-bundle.ts";

/** `esbuild --bundle --platform=node --format=esm`. */
export const esbuildBundle: Runtime = {
  name: "esbuild",
  run: (context) =>
    runBundle(async (entry, outfile) => {
      await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", target: "node22", logLevel: "silent" });
    }, context),
};
