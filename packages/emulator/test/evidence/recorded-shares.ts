import { readFileSync } from "node:fs";
import { createEmulator } from "../../src/index.ts";
import { missingPaths } from "./answer-shape.ts";
import { openAccount, recordedCalls } from "./recorded-calls.ts";

/** How much of a recorded answer the emulator's own answer has. */
export interface RecordedShare {
  readonly operation: string;
  /** Recorded paths that are there with a compatible type, of all: 0 to 1. */
  readonly share: number;
  readonly status: number;
  /** Path and type of those that are not. */
  readonly missing: readonly string[];
}

interface Recording {
  readonly status: number;
  readonly answer: Readonly<Record<string, string>>;
}

const file = new URL("../../../../openapi/evidence/answers-2026-07.json", import.meta.url);

/** Recordings of live answers by the id of their operation. */
export function readRecordings(): Readonly<Record<string, Recording>> {
  return (JSON.parse(readFileSync(file, "utf8")) as { operations: Record<string, Recording> }).operations;
}

/** Makes each recorded call once, on the same account, and compares the answers with the recordings. */
export async function recordedShares(): Promise<readonly RecordedShare[]> {
  const emulator = createEmulator({ burstLimit: 1_000_000, clock: { now: () => Date.UTC(2026, 10, 30) } });
  const account = await openAccount(emulator);
  const before = emulator.snapshot();
  const shares: RecordedShare[] = [];
  for (const [operation, { answer }] of Object.entries(readRecordings())) {
    const call = recordedCalls[operation];
    if (call === undefined) throw new Error(`There is no call of ${operation}, which has a recording.`);
    emulator.restore(before);
    const { body, status } = await call(account);
    const missing = missingPaths(answer, body);
    shares.push({ operation, status, missing, share: 1 - missing.length / Object.keys(answer).length });
  }
  return shares;
}
