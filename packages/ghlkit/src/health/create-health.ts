import { ghlError, isGhlError, monotonicNow, systemClock, withinTime, type Clock } from "@ghlkit/core";
import { checkAccounts } from "./checks/check-accounts.ts";
import { checkInbox } from "./checks/check-inbox.ts";
import { checkPrivateTokens } from "./checks/check-private-tokens.ts";
import { checkQuota } from "./checks/check-quota.ts";
import { checkStorage } from "./checks/check-storage.ts";
import { checkSync } from "./checks/check-sync.ts";
import { checkWebhooks } from "./checks/check-webhooks.ts";
import { worstOf, type HealthCheck, type HealthChecks, type HealthReport } from "./health-report.ts";
import type { HealthOptions } from "./health-options.ts";

/** Looks where everything stands. Never rejects: what cannot be read is `failing`. */
export type Health = () => Promise<HealthReport>;

const accountsEveryMs = 60_000;
const dayMs = 86_400_000;

/**
 * Makes a function that looks at storage, inbox, gaps, tokens, quota and copy, each with what to do. Making it does no I/O. Calls at the same time share
 * one look, and its result is used again for `maxAgeMs`. A check that has not ended in time goes on; only after ten times that is another one
 * begun beside it, since one whose connection is lost may never end.
 */
export function createHealth(options: HealthOptions): Health {
  const { clock = systemClock, maxAgeMs = 5_000 } = options;
  let checks: readonly Check[] | undefined;
  return reused(() => lookAt(options, (checks ??= checksOf(options))), { maxAgeMs, againAfterMs: Infinity, clock });
}

async function lookAt(options: HealthOptions, checks: readonly Check[]): Promise<HealthReport> {
  const { clock = systemClock } = options;
  const now = clock.now();
  const read = await Promise.all(checks.map(([name, check]) => bounded(name, check, options)));
  const found: HealthChecks = Object.assign({}, ...read);
  return { status: worstOf(Object.values(found).map(({ status }) => status)), checkedAt: now, checks: found };
}

type Check = readonly [name: keyof HealthChecks, check: () => Promise<HealthChecks>];

/** How long a check is waited for that does not end. Reading thousands of accounts may well take longer than its result is used. */
function againAfterMs(timeoutMs: number, usedForMs: number): number {
  return timeoutMs === 0 ? Infinity : 10 * Math.max(timeoutMs, usedForMs);
}

/** The checks of what there is to look at. Each runs once at a time unless it does not end, and that of accounts once a minute. */
function checksOf(options: HealthOptions): readonly Check[] {
  const {
    ghl,
    sync,
    privateTokens = [],
    thresholds = {},
    dailyLimit = 200_000,
    clock = systemClock,
    maxAgeMs = 5_000,
    timeoutMs = 5_000,
  } = options;
  const { waitingMs = 300_000, quietMs = Infinity, rotateAfterMs = 90 * dayMs, dailyLeftRatio = 0.1, syncLagMs = 3_600_000 } = thresholds;
  const { inbox, leases, tokens } = storageOf(options);
  const limiter = ghl?.limiter;
  const checks: Check[] = [];
  const add = (name: keyof HealthChecks, check: (now: number) => Promise<HealthChecks>, usedForMs = 0): void => {
    checks.push([name, reused(() => check(clock.now()), { maxAgeMs: usedForMs, againAfterMs: againAfterMs(timeoutMs, usedForMs), clock })]);
  };
  if (leases !== undefined) add("storage", async () => ({ storage: await checkStorage(leases, { clock }) }));
  if (inbox !== undefined) {
    add("inbox", (now) => checkInbox(inbox, { now, waitingMs }));
    add("webhooks", async (now) => ({ webhooks: await checkWebhooks(inbox, { now, quietMs }) }));
  }
  if (tokens !== undefined)
    add("accounts", async (now) => ({ accounts: await accountsOf(options, now) }), Math.max(maxAgeMs, accountsEveryMs));
  // The list may grow: an application reads it from its own store.
  add("privateTokens", async (now) =>
    privateTokens.length === 0 ? {} : { privateTokens: checkPrivateTokens(privateTokens, { now, rotateAfterMs }) },
  );
  if (limiter !== undefined) add("quota", async () => ({ quota: checkQuota(limiter, { dailyLimit, dailyLeftRatio }) }));
  if (sync !== undefined) add("sync", async () => ({ sync: await checkSync(sync, { syncLagMs }) }));
  return checks;
}

function storageOf({ ghl, storage }: HealthOptions): NonNullable<HealthOptions["storage"]> {
  return storage ?? ghl?.storage ?? {};
}

function accountsOf(options: HealthOptions, now: number): Promise<Required<HealthChecks>["accounts"]> {
  const renewWithinMs = options.thresholds?.renewWithinMs ?? 30 * dayMs;
  return checkAccounts(storageOf(options), { app: options.ghl?.auth?.app.clientId, now, renewWithinMs });
}

/** A check that ends in time, and is `failing` where it cannot be carried out. Without the error's text, which may name hosts and files. */
async function bounded(
  name: keyof HealthChecks,
  check: () => Promise<HealthChecks>,
  { clock = systemClock, timeoutMs = 5_000 }: HealthOptions,
): Promise<HealthChecks | Record<string, HealthCheck>> {
  const late = (): Error => ghlError("timeout", `${name} did not answer.`, { timeoutMs, scope: "total", sent: true });
  try {
    return await withinTime(check, { ms: timeoutMs, signal: undefined, clock, late, aborted: late });
  } catch (error) {
    return { [name]: isGhlError(error, "timeout") && name === "accounts" ? stillReading(timeoutMs) : failedCheck(name, error, timeoutMs) };
  }
}

function failedCheck(name: keyof HealthChecks, error: unknown, timeoutMs: number): HealthCheck {
  return {
    status: "failing",
    message: isGhlError(error, "timeout") ? `No answer within ${timeoutMs} ms.` : `It could not be read: ${codeOf(error)}.`,
    action:
      name === "sync"
        ? "See that the database of the copy can be reached and written."
        : "See that the database can be reached and written, and that its disk has room. Until then webhooks are refused with 429, and HighLevel sends them again.",
  };
}

/** Thousands of accounts in a database far away: no reason to take a process out of service. Whether that answers is seen by the other checks. */
function stillReading(timeoutMs: number): HealthCheck {
  return {
    status: "degraded",
    message: `They could not all be read within ${timeoutMs} ms.`,
    action:
      "A later look shows them, since they are read on. If none does, see that the database answers: after a while they are read anew.",
  };
}

function codeOf(error: unknown): string {
  if (isGhlError(error, "storage")) return `storage, ${error.reason}`;
  return isGhlError(error) ? error.code : "unexpected";
}

interface Reuse {
  readonly maxAgeMs: number;
  readonly againAfterMs: number;
  readonly clock: Clock;
}

interface Run<Result> {
  readonly result: Promise<Result>;
  readonly begunAt: number;
  endedAt?: number;
}

/**
 * Calls share a run that has not ended, and its result is used again for `maxAgeMs` after its end. A failure is not. A run that has not ended
 * after `againAfterMs` is left to itself, and the next call begins another.
 */
function reused<Result>(run: () => Promise<Result>, { maxAgeMs, againAfterMs, clock }: Reuse): () => Promise<Result> {
  let last: Run<Result> | undefined;
  const isOfUse = ({ begunAt, endedAt }: Run<Result>): boolean =>
    endedAt === undefined ? monotonicNow(clock) - begunAt < againAfterMs : monotonicNow(clock) - endedAt < maxAgeMs;
  return () => {
    if (last !== undefined && isOfUse(last)) return last.result;
    const mine: Run<Result> = { begunAt: monotonicNow(clock), result: run() };
    last = mine;
    mine.result.then(
      () => {
        mine.endedAt = monotonicNow(clock);
        // One that ended after all has more to show than the one that was begun beside it.
        if (last?.endedAt === undefined) last = mine;
      },
      () => {
        if (last === mine) last = undefined;
      },
    );
    return mine.result;
  };
}
