import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../run-command.ts";
import { installTool, programOf } from "../install-tool.ts";
import type { Runtime, RuntimeContext } from "../runtime.ts";
import { leastTypescript, type Tool } from "../versions.ts";

/** The least version that the declarations compile with, then the last of the old compiler, then the new one. */
export const typescript: readonly Runtime[] = ([leastTypescript, "5.9", "7"] as const).map((version) => ({
  name: `TypeScript ${version}`,
  run: (context) => compile(context, `typescript-${version}`),
}));

const strict = { noEmit: true, strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, types: [] };
const lib = ["ES2022", "DOM", "DOM.Iterable"];

/** Both ways in which users resolve packages. */
const settings = {
  nodenext: { ...strict, lib, target: "ES2022", module: "NodeNext" },
  bundler: { ...strict, lib, target: "ES2022", module: "ESNext", moduleResolution: "bundler" },
};

/** Every entry point and the program itself, declarations of dependencies checked as well. */
async function compile({ root, project }: RuntimeContext, tool: Tool): Promise<readonly string[]> {
  const compiler = programOf(await installTool(root, tool), "tsc");
  const folder = join(project.allPackages, tool);
  await mkdir(folder, { recursive: true });
  const uses = project.entryPoints.map((name, at) => `import * as entry${at} from ${JSON.stringify(name)};\nvoid entry${at};\n`);
  await writeFile(join(folder, "use-all.ts"), uses.join(""));
  const programs = ["program", "bundled", "lambda", "target"];
  for (const name of programs) await copyFile(fileURLToPath(new URL(`../program/${name}.ts`, import.meta.url)), join(folder, `${name}.ts`));
  const files = ["use-all.ts", ...programs.map((name) => `${name}.ts`)];
  const found: string[] = [];
  for (const [name, options] of Object.entries(settings)) {
    const compilerOptions = { ...options, allowImportingTsExtensions: true };
    await writeFile(join(folder, `${name}.json`), JSON.stringify({ compilerOptions, files }));
    const { ok, output } = await runCommand(root, [compiler, "-p", `${name}.json`, "--pretty", "false"], folder);
    if (!ok) found.push(`${name}:\n${output}`);
  }
  return found;
}
