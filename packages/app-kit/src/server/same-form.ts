import { createHash } from "node:crypto";
import type { Journal } from "@ghlkit/storage";

/**
 * Whether a form key comes with what it came with first. A form that is sent again after a lost answer is the same; one that was changed in
 * between would be taken for it, and what was typed the second time would be dropped without a word.
 */
export async function isSameForm(journal: Journal, key: string, body: object): Promise<boolean> {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("base64url");
  const start = await journal.start(`${key}:body`, { leaseMs: 1 });
  if (start.started) return (await journal.finish(`${key}:body`, { attempt: start.attempt, outcome: hash })).finished;
  return start.entry.outcome === undefined || start.entry.outcome === hash;
}
