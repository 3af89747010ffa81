import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { describeProcesses, remoteStores, type ProcessesUnderTest } from "@ghlkit/storage/testing";

const script = fileURLToPath(new URL("store-process.ts", import.meta.url));

describeProcesses(processes, { describe, it, expect });

async function processes(): Promise<ProcessesUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-sqlite-"));
  const children = new Map<ChildProcess, number>();
  let now = 1_700_000_000_000;
  return {
    start: async (clockOffsetMs = 0) => {
      const child = fork(script, [join(folder, "shared.db"), String(now + clockOffsetMs), String(clockOffsetMs)]);
      children.set(child, clockOffsetMs);
      const stores = remoteStores(child);
      child.once("exit", () => {
        children.delete(child);
        stores.lost();
      });
      await once(child, "message");
      return { stores, kill: () => kill(child) };
    },
    advance: async (ms) => {
      now += ms;
      await Promise.all(
        [...children].map(async ([child, offset]) => {
          const moved = once(child, "message");
          child.send({ now: now + offset });
          await moved;
        }),
      );
    },
    leaseGraceMs: 2000,
    close: async () => {
      await Promise.all([...children.keys()].map(kill));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
