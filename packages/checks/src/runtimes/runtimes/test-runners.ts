import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../../run-command.ts";
import { installTool, programOf } from "../install-tool.ts";
import type { Runtime, RuntimeContext } from "../runtime.ts";

/** A user's own test, in the globals of both runners. */
const test = (program: string, target: string): string => `${program}
const target = ${target};
test("the program runs under the test runner", async () => {
  const done = await runProgram(target);
  expect(done.filter(({ problem }) => problem !== undefined)).toEqual([]);
  expect(done.length).toBeGreaterThan(3);
}, 60_000);
`;

const imported = 'import { runProgram } from "../program.mjs";';

export const vitest: Runtime = {
  name: "Vitest",
  run: (context) =>
    runTests(context, { extension: "mjs", program: `import { expect, test } from "vitest";\n${imported}` }, async (folder) => {
      const tool = await installTool(context.root, "vitest");
      // Where a user has it: beside the packages under test.
      await writeFile(join(folder, "vitest.config.mjs"), `export default { resolve: { alias: { vitest: ${JSON.stringify(join(tool, "node_modules/vitest"))} } } };`); // prettier-ignore
      return [programOf(tool, "vitest"), "run", "--root", folder, "--dir", folder];
    }),
};

export const jest: Runtime = {
  name: "Jest, ES modules",
  run: (context) =>
    runTests(context, { extension: "mjs", program: imported }, async (folder) => {
      const tool = await installTool(context.root, "jest");
      const config = { rootDir: folder, testMatch: ["**/*.test.mjs"], transform: {}, moduleFileExtensions: ["mjs", "js", "json"] };
      await writeFile(join(folder, "jest.config.json"), JSON.stringify(config));
      const jestFile = join(tool, "node_modules/jest/bin/jest.js");
      return ["node", "--experimental-vm-modules", jestFile, "--config", join(folder, "jest.config.json")];
    }),
};

async function runTests(
  { root, project, aim }: RuntimeContext,
  { extension, program }: { readonly extension: string; readonly program: string },
  commandFor: (folder: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const { target, problems } = await aim();
  const folder = join(project.folder, target.runtime.replaceAll(/\W+/g, "-").toLowerCase());
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `program.test.${extension}`), test(program, JSON.stringify(target)));
  const { ok, output } = await runCommand(root, await commandFor(folder), folder);
  const found = await problems();
  return ok ? found : [output, ...found];
}
