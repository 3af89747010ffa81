import { createServer, type AddressInfo } from "node:net";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runTutorial } from "../../src/tutorial/run-tutorial.ts";
import { tutorialSteps } from "../../src/tutorial/tutorial-steps.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-tutorial-"));
  await symlink(join(root, "packages", "checks", "node_modules"), join(folder, "node_modules"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const readTutorial = (): Promise<string> => readFile(join(root, "docs", "tutorial.md"), "utf8");

/** The tutorial on ports of its own: those that it names may be taken. */
async function onFreePorts(text: string): Promise<string> {
  const [emulator, server] = await freePorts();
  return text.replaceAll("4010", String(emulator)).replaceAll(/(?<=[:(])3000\b/g, String(server));
}

async function freePorts(): Promise<readonly number[]> {
  const servers = [createServer(), createServer()];
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) await new Promise<void>((resolve) => server.close(() => resolve()));
  return ports;
}

test("every file and command of the tutorial runs, in its order, and prints what it says", async () => {
  expect(await runTutorial(await onFreePorts(await readTutorial()), { root, folder })).toEqual([]);
});

test("the tutorial has all its steps, and installs what its files import", async () => {
  const text = await readTutorial();
  const steps = tutorialSteps(text);
  const commands = steps.flatMap((step) => (step.kind === "command" ? [step.command] : []));
  expect(commands).toEqual([
    "node local.ts",
    "node --env-file=.env pipelines.ts",
    "node --env-file=.env add-lead.ts",
    "node --env-file=.env server.ts",
    "node --env-file=.env win-deal.ts",
    "npx vitest run",
  ]);
  const installed = [...text.matchAll(/^npm install (?:--save-dev )?(.*)$/gm)].flatMap(([, names = ""]) => names.split(" "));
  const imported = steps.flatMap((step) => (step.kind === "file" ? [...step.code.matchAll(/from "((?:@[\w-]+\/)?[\w-]+)(?=[/"])/g)] : []));
  expect(new Set(imported.map(([, name]) => name))).toEqual(new Set(installed));
});

test("a command that prints something else is reported with its line", async () => {
  const text = '# A page\n\n```ts\n// say.ts\nconsole.log("hello");\n```\n\n```sh\nnode say.ts\n```\n\n```text\ngood evening\n```\n';
  expect(await runTutorial(text, { root, folder })).toEqual(["line 8: node say.ts printed\nhello\ninstead of\ngood evening"]);
});

test("a process of a terminal that ends is reported", async () => {
  const text =
    '```ts\n// serve.ts\nthrow new Error("no port");\n```\n\n```sh\nnode serve.ts # in a terminal of its own\n```\n\n```text\nready\n```\n';
  expect((await runTutorial(text, { root, folder }))[0]).toContain('the process ended without printing "ready"');
});
