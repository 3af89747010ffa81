import {
  checkNumber,
  abortedError,
  ghlError,
  isGhlError,
  originOf,
  sleep,
  systemClock,
  tenantIdentity,
  type CallContext,
  type Clock,
  type Layer,
  type Send,
  type WireRequest,
  type WireResponse,
} from "@ghlkit/core";
import { backoffMs } from "./backoff.ts";
import { failureOfAnswer, failureOfError, type Failure } from "./failure.ts";
import { isRepeatable } from "./is-repeatable.ts";
import { KnownDeletions } from "./known-deletions.ts";
import { isLost, lookAfter, outcomeUnknown, type Outcome, type WriteProbe } from "./probe.ts";
import { lagWait } from "./replication-lag.ts";
import { RetryBudget, type RetryBudgetOptions } from "./retry-budget.ts";

/** How {@link withRetry} repeats. */
export interface RetryOptions {
  /**
   * Attempts in all, the first included.
   * @default 4; 1 never repeats
   */
  readonly maxAttempts?: number;
  /**
   * Ceiling of the first backoff in ms; it doubles with every attempt.
   * @default 250
   */
  readonly baseDelayMs?: number;
  /**
   * Ceiling of every backoff in ms.
   * @default 20_000
   */
  readonly maxDelayMs?: number;
  /**
   * Longest `Retry-After` in ms that is waited for; a longer one ends the call.
   * @default 60_000
   */
  readonly maxRetryAfterMs?: number;
  /**
   * Wait after a 429 without `Retry-After`, in ms: the platform's window.
   * @default 10_000
   */
  readonly windowMs?: number;
  /**
   * Most ms that a service is waited for, in all, which does not know yet what another has just made.
   * @default 10,000; 0 for never
   */
  readonly lagMs?: number;
  /**
   * Keeps retries to a share of the calls, per principal. `false` for no bound.
   * @default a tenth, and ten to begin with
   */
  readonly budget?: RetryBudgetOptions | false;
  /**
   * Looks what became of a write that may have happened, before it is given up as `outcome_unknown` or as the platform's failure: what
   * it finds is the answer, and what certainly did not happen is sent again.
   * @default none
   */
  readonly probe?: WriteProbe;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /**
   * A number from 0 up to 1.
   * @default Math.random
   */
  readonly random?: () => number;
}

type Resolved = Required<Omit<RetryOptions, "budget" | "probe">> & { readonly probe: WriteProbe | undefined };

/**
 * Sends a call again when that is safe by the operation table: a 429 and a request that never arrived always, a failing
 * platform (5xx) and a lost answer only for operations of the classes `safe` and `idempotent`. Outside the contract only a GET
 * counts as safe.
 *
 * A service that does not know yet what another has just made (`CONVERSATIONS_CONTACT_NOT_FOUND`, or a message that is changed) is
 * asked again after 1.5, 3 and 5 s, whatever the operation: it refused. Not so where the record is known to be deleted.
 *
 * `Retry-After` is kept to the millisecond; the backoff without one has full jitter. Sits outside `withRateLimit`, so that every
 * attempt is metered. What is still failing after the last attempt goes up as it came.
 *
 * @throws GhlError `outcome_unknown` when the answer to a write was lost that must not be sent twice; `aborted` at the moment the signal fires.
 */
export function withRetry(options: RetryOptions = {}): Layer {
  const resolved = resolve(options);
  const budget = options.budget === false ? undefined : new RetryBudget(options.budget);
  const deletions = new KnownDeletions();
  const failureOf: FailureOf = (outcome, request, context) => failureOfOutcome(outcome, request, context, { ...resolved, deletions });
  return (next) => async (request, context) => {
    const tenant = budget === undefined ? "" : (tenantIdentity(request, context) ?? "");
    budget?.earn(tenant);
    for (let attempt = context.attempt; ; attempt += 1) {
      const current: CallContext = attempt === context.attempt ? context : { ...context, attempt };
      const attempted = await attemptOf(next, request, current);
      const outcome =
        resolved.probe === undefined ? attempted : await knownOutcome(attempted, request, current, { probe: resolved.probe, failureOf });
      if ("response" in outcome) deletions.answered(request, outcome.response, current);
      const failure = failureOf(outcome, request, current);
      const delayMs = failure === undefined ? undefined : delayOf(failure, request, current, resolved);
      const isOver = delayMs === undefined || (failure?.isOutage === true && budget?.spend(tenant) === false);
      if (failure === undefined || isOver) {
        if (attempt > context.attempt) tellEnd(outcome, failure, current);
        return conclude(outcome, request, current);
      }
      context.emit({ type: "retrying", attempt: attempt + 1, delayMs, reason: failure.reason });
      await pause(delayMs, current, resolved.clock);
    }
  };
}

/** A repetition that was reported is followed by how it ended. */
function tellEnd(outcome: Outcome, failure: Failure | undefined, { attempt, emit }: CallContext): void {
  if (failure === undefined && "response" in outcome) return emit({ type: "recovered", attempts: attempt });
  const code = "error" in outcome && isGhlError(outcome.error) ? outcome.error.code : "unknown";
  emit({ type: "gave_up", attempts: attempt, reason: failure?.reason ?? code });
}

function attemptOf(next: Send, request: WireRequest, context: CallContext): Outcome | Promise<Outcome> {
  if (context.signal?.aborted) return { error: abortedError(context.signal, { ...originOf(context), attempts: context.attempt - 1 }) };
  return next(request, context).then(
    (response) => ({ response }),
    (error: unknown) => ({ error }),
  );
}

/** Looks after a write that may have happened, where there is a probe. */
async function knownOutcome(
  outcome: Outcome,
  request: WireRequest,
  context: CallContext,
  { probe, failureOf }: { readonly probe: WriteProbe; readonly failureOf: FailureOf },
): Promise<Outcome> {
  if (isRepeatable(request, context)) return outcome;
  const failure = failureOf(outcome, request, context);
  const mayHaveHappened = failure?.unprocessed === false && ("response" in outcome || isLost(outcome.error));
  return mayHaveHappened ? lookAfter(outcome, probe, request, context) : outcome;
}

type FailureOf = (outcome: Outcome, request: WireRequest, context: CallContext) => Failure | undefined;

function failureOfOutcome(
  outcome: Outcome,
  request: WireRequest,
  context: CallContext,
  { windowMs, clock, lagMs, deletions }: Resolved & { readonly deletions: KnownDeletions },
): Failure | undefined {
  if (outcome.undone === true) return { reason: "undone", unprocessed: true, isOutage: true, waitMs: undefined };
  if ("error" in outcome) return failureOfError(outcome.error);
  const { response } = outcome;
  const waitMs = response.status < 400 ? undefined : lagWait(request, response, context, { lagMs, deletions });
  return failureOfAnswer(response, { windowMs, now: clock.now(), lagMs: waitMs });
}

/** How long to wait before the next attempt; `undefined` when there is none. */
function delayOf(failure: Failure, request: WireRequest, context: CallContext, options: Resolved): number | undefined {
  if (context.attempt >= options.maxAttempts) return undefined;
  if (!failure.unprocessed && !isRepeatable(request, context)) return undefined;
  if ((failure.waitMs ?? 0) > options.maxRetryAfterMs) return undefined;
  const delayMs = failure.waitMs ?? backoffMs(context.attempt, options.baseDelayMs, options.maxDelayMs, options.random);
  const late = context.deadline !== undefined && options.clock.now() + delayMs >= context.deadline;
  return late ? undefined : delayMs;
}

async function pause(ms: number, context: CallContext, clock: Clock): Promise<void> {
  try {
    await sleep(ms, context.signal, clock);
  } catch {
    context.emit({ type: "gave_up", attempts: context.attempt, reason: "aborted" });
    throw abortedError(context.signal, originOf(context));
  }
}

function conclude(outcome: Outcome, request: WireRequest, context: CallContext): WireResponse {
  if ("response" in outcome) return outcome.response;
  const { error } = outcome;
  if (outcome.undone === true || !isLost(error) || isRepeatable(request, context)) throw error;
  throw outcomeUnknown(request, context, error);
}

function resolve(options: RetryOptions): Resolved {
  const resolved: Resolved = {
    maxAttempts: options.maxAttempts ?? 4,
    baseDelayMs: options.baseDelayMs ?? 250,
    maxDelayMs: options.maxDelayMs ?? 20_000,
    maxRetryAfterMs: options.maxRetryAfterMs ?? 60_000,
    windowMs: options.windowMs ?? 10_000,
    lagMs: options.lagMs ?? 10_000,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    probe: options.probe,
  };
  if (!Number.isInteger(resolved.maxAttempts) || resolved.maxAttempts < 1) {
    throw ghlError("invalid_request", "withRetry: maxAttempts must be a whole number of at least 1.", {});
  }
  for (const name of ["baseDelayMs", "maxDelayMs", "maxRetryAfterMs", "windowMs", "lagMs"] as const)
    checkNumber("withRetry", name, resolved[name]);
  return resolved;
}
