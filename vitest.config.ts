import { existsSync, readdirSync } from "node:fs";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { OutputReporter } from "./packages/checks/src/output-reporter.ts";

/**
 * No default timeout decides whether a test passes: beside other work on two cores, tests that start processes and databases, and those of
 * hundreds of cases, take a multiple of their time. What hangs is still found.
 */
const patient = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 200_000 } } };

function projectsIn(parent: string): readonly TestProjectInlineConfiguration[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`${parent}/${entry.name}/test`))
    .map(({ name }) => {
      const folder = `${parent}/${name}`;
      const config = existsSync(`${folder}/vitest.config.ts`) ? { extends: `./${folder}/vitest.config.ts` } : {};
      return { ...config, test: { name: parent === "apps" ? `apps/${name}` : name, root: folder, ...patient } };
    });
}

export default defineConfig({
  test: {
    projects: [...projectsIn("packages"), ...projectsIn("apps")],
    passWithNoTests: false,
    reporters: ["default", "json", new OutputReporter(".tmp/tests-output.log")],
    // What `pnpm check` adds up.
    outputFile: { json: ".tmp/tests.json" },
  },
});
