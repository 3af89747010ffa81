import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, it } from "vitest";
import { describeProcesses, remoteStores, type ProcessesUnderTest } from "@ghlkit/storage/testing";
import { createTestSchema } from "./test-schema.ts";

const script = fileURLToPath(new URL("store-process.ts", import.meta.url));

describeProcesses(processes, { describe, it, expect });

async function processes(): Promise<ProcessesUnderTest> {
  const { name, advance, drop } = await createTestSchema();
  const children = new Set<ChildProcess>();
  return {
    start: async (clockOffsetMs = 0) => {
      const env = { ...process.env, DATABASE_URL: inject("postgres") };
      const child = fork(script, [name, String(clockOffsetMs)], { env });
      children.add(child);
      const stores = remoteStores(child);
      child.once("exit", stores.lost);
      await once(child, "message");
      return { stores, kill: () => kill(child) };
    },
    advance,
    close: async () => {
      await Promise.all([...children].map(kill));
      await drop();
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
