import { systemClock, type Clock } from "@ghlkit/core";
import { checkKey, checkTtl, checkVersion } from "../engine/check-key.ts";
import { checkStart, checkUnfinished, decodeJournalRow, encodeOutcome, refusedStart, type JournalRow } from "../engine/journal-entry.ts";
import type { Journal } from "../journal.ts";

/** A journal in the memory of this process: at most once while it lives. */
export function createMemoryJournal(clock: Pick<Clock, "now"> = systemClock): Journal {
  const rows = new Map<string, JournalRow>();
  const current = (key: string, attempt: number): JournalRow | undefined => {
    const row = rows.get(checkKey("key", key));
    return row?.state === "started" && row.attempt === checkVersion(attempt) ? row : undefined;
  };
  return {
    start: async (name, options) => {
      const { key, leaseMs, after } = checkStart(name, options);
      const now = Math.trunc(clock.now());
      const row = rows.get(key);
      const mayFollow = row?.state === "started" && row.attempt === after && row.leaseEndsAt <= now;
      if (row !== undefined && !mayFollow) return refusedStart(row, now);
      const attempt = (row?.attempt ?? 0) + 1;
      rows.set(key, { key, state: "started", attempt, startedAt: now, leaseEndsAt: now + leaseMs, finishedAt: null, outcome: null });
      return { started: true, attempt };
    },
    extend: async (key, { attempt, leaseMs }) => {
      const row = current(key, attempt);
      const leaseEndsAt = Math.trunc(clock.now()) + checkTtl(leaseMs);
      if (row !== undefined) rows.set(key, { ...row, leaseEndsAt });
      return { extended: row !== undefined };
    },
    finish: async (key, { attempt, outcome }) => {
      const text = encodeOutcome(outcome);
      const row = current(key, attempt);
      if (row !== undefined) rows.set(key, { ...row, state: "finished", finishedAt: Math.trunc(clock.now()), outcome: text });
      return { finished: row !== undefined };
    },
    abandon: async (key, { attempt }) => ({ abandoned: current(key, attempt) !== undefined && rows.delete(key) }),
    get: async (key) => {
      const row = rows.get(checkKey("key", key));
      return row && decodeJournalRow(row);
    },
    unfinished: async (query) => {
      const { olderThanMs, limit } = checkUnfinished(query);
      const until = clock.now() - olderThanMs;
      const found = [...rows.values()].filter(({ state, startedAt }) => state === "started" && startedAt <= until);
      return found
        .toSorted((a, b) => a.startedAt - b.startedAt || (a.key < b.key ? -1 : 1))
        .slice(0, limit)
        .map(decodeJournalRow);
    },
    prune: async ({ olderThanMs }) => {
      const until = clock.now() - checkVersion(olderThanMs);
      const old = [...rows.values()].filter(({ finishedAt }) => finishedAt !== null && finishedAt <= until);
      for (const { key } of old) rows.delete(key);
      return { pruned: old.length };
    },
  };
}
