import { fork } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../run-command.ts";
import { installTool } from "../runtimes/install-tool.ts";

/** An npm registry on this machine. What is not ours it fetches from the registry that the machine uses. */
export interface LocalRegistry {
  readonly url: string;
  /** Points npm, Bun and Deno to the registry, with caches and configuration of their own: nothing of the machine's is read or changed. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Starts verdaccio on a free port of loopback. */
export async function startLocalRegistry(root: string): Promise<LocalRegistry> {
  const tool = await installTool(root, "verdaccio");
  const uplink = registryIn((await runCommand(root, ["npm", "config", "get", "registry"])).output);
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-registry-"));
  const script = fileURLToPath(new URL("serve-registry.ts", import.meta.url));
  const child = fork(script, [tool, join(folder, "storage"), uplink], { silent: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (chunk: string) => void (output += chunk));
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const port = await Promise.race([new Promise<number>((resolve) => child.once("message", resolve)), ended]);
  if (port === undefined) {
    await close();
    throw new Error(`The local registry did not start:\n${output}`);
  }
  return { url: `http://127.0.0.1:${port}`, env: await writeSettings(folder, port), close };
}

async function writeSettings(folder: string, port: number): Promise<Readonly<Record<string, string>>> {
  const npmrc = join(folder, "npmrc");
  // npm publishes nothing without a token; this registry takes any.
  await writeFile(npmrc, `//127.0.0.1:${port}/:_authToken=anyone\n`);
  const settings = {
    NPM_CONFIG_REGISTRY: `http://127.0.0.1:${port}/`,
    NPM_CONFIG_USERCONFIG: npmrc,
    NPM_CONFIG_CACHE: join(folder, "npm-cache"),
    NPM_CONFIG_PREFIX: join(folder, "npm-prefix"),
  };
  return {
    ...settings,
    // npm takes either spelling, and pnpm hands down the one in lower case: with the machine's registry it would win.
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name.toLowerCase(), value])),
    BUN_CONFIG_REGISTRY: `http://127.0.0.1:${port}/`,
    BUN_INSTALL_CACHE_DIR: join(folder, "bun-cache"),
    DENO_DIR: join(folder, "deno"),
  };
}

/** npm warns of settings that pnpm hands down in its environment before it answers. */
function registryIn(output: string): string {
  const url = output
    .split("\n")
    .map((line) => line.trim())
    .findLast((line) => /^https?:\/\/\S+$/.test(line));
  if (url === undefined) throw new Error(`npm names no registry: ${output}`);
  return url;
}
