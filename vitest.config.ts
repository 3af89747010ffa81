import { defineConfig } from "vitest/config";
import { OutputReporter } from "./packages/checks/src/output-reporter.ts";

export default defineConfig({
  test: {
    projects: ["packages/*", "apps/*"],
    passWithNoTests: false,
    reporters: ["default", "json", new OutputReporter(".tmp/tests-output.log")],
    // What `pnpm check` adds up.
    outputFile: { json: ".tmp/tests.json" },
  },
});
