import { join } from "node:path";
import { openLines, startChild } from "./child-process.ts";
import { flood } from "./load.ts";

/** What each part of the receiver's work reaches without the others, in events/s on one core. */
export interface ReceiverParts {
  readonly verify: number;
  readonly insert: number;
  readonly http: number;
}

/** Measures the parts one after the other. */
export async function receiverParts(folder: string, requests: readonly Buffer[], connections: number): Promise<ReceiverParts> {
  const verify = await alone("verify", "");
  const insert = await alone("insert", join(folder, "insert-alone.db"));
  return { verify, insert, http: await httpAlone(requests, connections) };
}

/** What one core reaches that does the parts one after the other, and nothing else. */
export function partsTogether({ verify, insert, http }: ReceiverParts): number {
  return 1 / (1 / verify + 1 / insert + 1 / http);
}

async function alone(part: "verify" | "insert", path: string): Promise<number> {
  const child = await startChild<{ perSecond: number }>("./alone-process.ts", [part, path]);
  await child.end();
  return child.answer.perSecond;
}

async function httpAlone(requests: readonly Buffer[], connections: number): Promise<number> {
  const child = await startChild<{ port: number }>("./bare-server-process.ts", []);
  const lines = await openLines([child.answer.port], connections);
  try {
    return await flood(lines, requests);
  } finally {
    for (const line of lines) line.close();
    await child.end();
  }
}
