import { createHash } from "node:crypto";
import { ghlError, sleep, systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";

/** A process that notes a form takes milliseconds for it: after this time it has died, and another one notes it. */
const leaseMs = 1000;
const lookEveryMs = 50;

/**
 * Whether a form key comes with what it came with first. A form that is sent again after a lost answer is the same; one that was changed in
 * between would be taken for it, and what was typed the second time would be dropped without a word.
 * @throws GhlError `in_progress` while another process is noting what it came with.
 */
export async function isSameForm(journal: Journal, key: string, body: object, clock: Clock = systemClock): Promise<boolean> {
  const name = `${key}:body`;
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("base64url");
  let start = await journal.start(name, { leaseMs });
  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    if (start.started && (await journal.finish(name, { attempt: start.attempt, outcome: hash })).finished) return true;
    if (!start.started && start.entry.state === "finished") return start.entry.outcome === hash;
    if (waitedMs > leaseMs) throw ghlError("in_progress", "Another process is noting this form.", { leaseMs });
    if (!start.started && start.leaseMs > 0) await sleep(lookEveryMs, undefined, clock);
    start = await journal.start(name, { leaseMs, after: start.started ? start.attempt : start.entry.attempt });
  }
}
