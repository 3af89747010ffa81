import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*", "apps/*"],
    passWithNoTests: false,
    reporters: ["default", "json"],
    // What `pnpm check` adds up.
    outputFile: { json: ".tmp/tests.json" },
  },
});
