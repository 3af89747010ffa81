import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** The command in a process of its own, which ends with the test at the latest. */
export interface Spawned {
  /** Resolves with the first line that holds the text. Rejects when the process ends before. */
  readonly line: (text: string) => Promise<string>;
  readonly lines: () => readonly string[];
  readonly kill: (signal: "SIGTERM" | "SIGKILL") => void;
  /** Resolves when it has ended; the code is `null` when it was killed. */
  readonly ended: Promise<{ readonly code: number | null; readonly err: string }>;
}

export function spawned(...args: readonly string[]): Spawned {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  let isOver = false;
  const waiting = new Set<() => void>();
  const notify = (): void => [...waiting].forEach((look) => look());
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    notify();
  });
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<{ code: number | null; err: string }>((resolve) => {
    child.on("close", (code) => {
      isOver = true;
      notify();
      resolve({ code, err });
    });
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const lines = (): readonly string[] => out.split("\n").slice(0, -1);
  const line = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines().find((candidate) => candidate.includes(text));
        if (found === undefined && !isOver) return;
        waiting.delete(look);
        if (found === undefined) reject(new Error(`It ended without a line that holds ${text}:\n${out}\n${err}`));
        else resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { line, lines, kill: (signal) => void child.kill(signal), ended };
}
