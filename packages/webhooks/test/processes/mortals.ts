import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { InboxPlace } from "./effects.ts";

/** A program in one file loads in a quarter of the time. */
export interface MortalProgram {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export async function buildMortal(): Promise<MortalProgram> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-mortal-"));
  const path = join(folder, "mortal.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("mortal-process.ts", import.meta.url))],
    outfile: path,
    bundle: true,
    platform: "node",
    format: "esm",
    // pg asks for node's own modules with require.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What a process is to do. */
export interface MortalOrder extends InboxPlace {
  readonly role: "receiver" | "worker" | "both";
  readonly key: string;
  readonly appId: string;
}

/** A process at work. */
export interface Mortal {
  /** Of its receiver. */
  readonly port: number;
  /** SIGKILL: it has no time for anything. */
  readonly kill: () => Promise<void>;
}

/** Processes of one order, one after the other. The next ones are loaded while one works, so that most of the time somebody does. */
export interface Mortals {
  readonly next: () => Promise<Mortal>;
  readonly close: () => Promise<void>;
}

export function createMortals(program: MortalProgram, order: MortalOrder): Mortals {
  const prepare = async (): Promise<ChildProcess> => {
    const child = fork(program.path, [JSON.stringify(order)], { execArgv: [] });
    await heard(child);
    return child;
  };
  const spares = [prepare(), prepare()];
  return {
    next: async () => {
      const child = await (spares.shift() ?? prepare());
      spares.push(prepare());
      child.send("begin");
      const { port } = await heard<{ readonly port: number }>(child);
      return { port, kill: () => killed(child) };
    },
    close: async () => {
      for (const child of await Promise.all(spares)) await killed(child);
    },
  };
}

async function heard<Message>(child: ChildProcess): Promise<Message> {
  const [told] = (await Promise.race([once(child, "message"), once(child, "exit")])) as [Message | number | null];
  if (typeof told === "number" || told === null) throw new Error(`A process ended with ${told} before it had begun.`);
  return told;
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
