import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../run-command.ts";
import { failed, passed, type Step } from "../step.ts";
import { workspaceFiles } from "../workspace-files.ts";

/** Files named `*.test-d.ts` in one run of tsc. Each has to hold a call that must not compile (`@ts-expect-error`). */
export const typeTests: Step = {
  name: "type-tests",
  run: async ({ root, scratch }) => {
    const files = (await workspaceFiles(root)).filter((path) => path.endsWith(".test-d.ts"));
    if (files.length === 0) return failed("No *.test-d.ts in the workspace.");
    let wrongCalls = 0;
    const harmless: string[] = [];
    for (const path of files) {
      const count = (await readFile(join(root, path), "utf8")).split("@ts-expect-error").length - 1;
      wrongCalls += count;
      if (count === 0) harmless.push(`${path}: holds no @ts-expect-error, so no wrong call is tried.`);
    }
    if (harmless.length > 0) return failed(harmless.join("\n"));
    const project = join(scratch, "tsconfig.type-tests.json");
    const config = {
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: { noEmit: true, types: ["node"], typeRoots: [join(root, "node_modules", "@types")], isolatedDeclarations: false },
      files: files.map((path) => join(root, path)),
    };
    await writeFile(project, JSON.stringify(config, undefined, 2));
    const { ok, output } = await runCommand(root, ["tsc", "-p", project, "--pretty", "false"]);
    return ok ? passed(`${wrongCalls} wrong calls refused in ${files.length} files`) : failed(output);
  },
};
