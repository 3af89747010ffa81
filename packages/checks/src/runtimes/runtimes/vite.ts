import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../../run-command.ts";
import { installTool, programOf } from "../install-tool.ts";
import { problemsOf } from "../run-program.ts";
import type { Runtime } from "../runtime.ts";

/** A production build for browsers, with nothing of Node.js in it; it runs where `process`, `Buffer` and `require` are taken away. */
export const vite: Runtime = {
  name: "Vite, for browsers",
  run: async ({ root, project, folder, aim }) => {
    const tool = await installTool(root, "vite");
    const { target, problems } = await aim();
    const pages = join(project.folder, "vite");
    await mkdir(pages, { recursive: true });
    await writeFile(join(pages, "index.html"), '<!doctype html><script type="module" src="./main.js"></script>');
    const main = `import { runProgram } from "../program.mjs";\nglobalThis.done = runProgram(${JSON.stringify(target)});\n`;
    await writeFile(join(pages, "main.js"), main);
    const command = [programOf(tool, "vite"), "build", pages, "--outDir", join(folder, "out"), "--emptyOutDir", "--configLoader", "native"];
    const built = await runCommand(root, command, pages);
    if (!built.ok || /externalized for browser/.test(built.output)) return [built.output];
    await writeFile(join(folder, "page.mjs"), page(target.baseUrl));
    const { ok, output } = await runCommand(root, ["node", "page.mjs"], folder);
    return [...problemsOf(output, ok), ...(await problems())];
  },
};

/** What a browser does with the page, as far as it matters here. */
const page = (url: string): string => `import { readdirSync, readFileSync, writeFileSync } from "node:fs";
const scripts = readdirSync(new URL("out/assets/", import.meta.url)).filter((name) => name.startsWith("index") && name.endsWith(".js"));
const print = console.log;
// Node.js loads its fetch when it is first used, and needs its own globals for that.
await (await fetch("${url}")).text();
globalThis.document = { createElement: () => ({ relList: { supports: () => true } }), querySelectorAll: () => [] };
globalThis.MutationObserver = class { observe() {} };
// The fetch of Node.js needs its Buffer; the page gets none.
for (const name of ["process", "global", "setImmediate"]) delete globalThis[name];
for (const name of scripts) {
  const file = new URL("out/assets/" + name, import.meta.url);
  writeFileSync(file, "const Buffer = undefined, process = undefined, global = undefined, require = undefined;\\n" + readFileSync(file, "utf8"));
  await import(file.href);
}
print(JSON.stringify(await globalThis.done));
`;
