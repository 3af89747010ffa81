import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator } from "@ghlkit/emulator";
import { markdownSamples } from "../markdown-samples.ts";
import { runCommand } from "../run-command.ts";
import { installTool, programOf } from "../runtimes/install-tool.ts";

/** How a package is installed and a file is run, in an empty folder. */
interface PackageManager {
  readonly name: string;
  readonly install: readonly string[];
  readonly run: readonly string[];
}

export interface QuickStartOptions {
  readonly root: string;
  /** An empty folder; each package manager gets one of its own in it. */
  readonly folder: string;
  /** Variables that point the package managers to a registry. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Installs `ghlkit` from a registry as the README says, with npm, Bun and Deno, each in an empty project, and runs the first sample of the
 * README there, against an emulator.
 *
 * @returns problems, one for each package manager that failed.
 */
export async function runQuickStart({ root, folder, env }: QuickStartOptions): Promise<readonly string[]> {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const sample = markdownSamples(readme).samples[0]?.code;
  if (sample === undefined) return ["README.md has no sample."];
  if (!/^```sh\nnpm install ghlkit\n```$/m.test(readme)) return ["README.md does not say `npm install ghlkit`."];
  const problems: string[] = [];
  for (const manager of await packageManagers(root)) {
    const project = join(folder, manager.name);
    await mkdir(project);
    await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
    await writeFile(join(project, "quick-start.ts"), sample);
    const problem = await runOne(manager, { root, folder: project, env });
    if (problem !== undefined) problems.push(`${manager.name}: ${problem}`);
  }
  return problems;
}

async function packageManagers(root: string): Promise<readonly PackageManager[]> {
  const bun = programOf(await installTool(root, "bun"), "bun");
  const deno = programOf(await installTool(root, "deno"), "deno");
  return [
    { name: "npm", install: ["npm", "install", "ghlkit", "--no-audit", "--no-fund"], run: ["node"] },
    { name: "bun", install: [bun, "add", "ghlkit"], run: [bun, "run"] },
    // Deno installs nothing that is younger than a day, and this was published a moment ago.
    {
      name: "deno",
      install: [deno, "add", "--minimum-dependency-age=0", "npm:ghlkit"],
      run: [deno, "run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env"],
    },
  ];
}

async function runOne(manager: PackageManager, { root, folder, env }: QuickStartOptions): Promise<string | undefined> {
  const installed = await runCommand(root, manager.install, { cwd: folder, env });
  if (!installed.ok) return `${manager.install.join(" ")} failed:\n${installed.output}`;
  const emulator = createEmulator();
  const server = await emulator.listen();
  try {
    const { locationId, tokens } = emulator.seed;
    const settings = { ...env, GHL_BASE_URL: server.url, GHL_TOKEN: tokens.location, GHL_LOCATION_ID: locationId };
    const { ok, output } = await runCommand(root, [...manager.run, "quick-start.ts"], { cwd: folder, env: settings });
    if (!ok) return `the quick start of the README failed:\n${output}`;
    return await contactProblem(server.url, { locationId, token: tokens.location });
  } finally {
    await server.close();
  }
}

/** What the quick start leaves behind: a contact, with its tag. Looked up without our client. */
async function contactProblem(
  url: string,
  { locationId, token }: Readonly<Record<"locationId" | "token", string>>,
): Promise<string | undefined> {
  const query = new URLSearchParams({ locationId, email: "ada@example.com" });
  const headers = { Authorization: `Bearer ${token}`, Version: "v3" };
  const text = await (await fetch(`${url}/contacts/search/duplicate?${query}`, { headers })).text();
  const contact = (JSON.parse(text) as { contact?: { firstNameLowerCase?: string; tags?: readonly string[] } }).contact;
  return contact?.tags?.includes("from the website") === true
    ? undefined
    : `the contact of the quick start is not as it should be: ${text}`;
}
