import { systemClock } from "@ghlkit/core";
import { checkKey, checkTtl, checkVersion } from "../engine/check-key.ts";
import { checkStart, checkUnfinished, decodeJournalRow, encodeOutcome, refusedStart, type JournalRow } from "../engine/journal-entry.ts";
import type { Journal } from "../journal.ts";
import { nextTurn, rowsOfStep } from "./in-steps.ts";
import type { MemoryOptions } from "./memory-options.ts";

/** A journal in the memory of this process: at most once while it lives. */
export function createMemoryJournal({ clock = systemClock }: MemoryOptions = {}): Journal {
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
      const found: JournalRow[] = [];
      let looked = 0;
      for (const row of rows.values()) {
        if (row.state === "started" && row.startedAt <= until) found.push(row);
        if ((looked += 1) % rowsOfStep === 0) await nextTurn();
      }
      return found
        .toSorted((a, b) => a.startedAt - b.startedAt || (a.key < b.key ? -1 : 1))
        .slice(0, limit)
        .map(decodeJournalRow);
    },
    prune: async ({ olderThanMs }) => {
      const until = clock.now() - checkVersion(olderThanMs);
      let pruned = 0;
      let looked = 0;
      // A Map may be changed while it is gone through.
      for (const { key, finishedAt } of rows.values()) {
        if (finishedAt !== null && finishedAt <= until) pruned += Number(rows.delete(key));
        if ((looked += 1) % rowsOfStep === 0) await nextTurn();
      }
      return { pruned };
    },
  };
}
