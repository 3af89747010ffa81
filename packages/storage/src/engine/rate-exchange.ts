import type { RateGrant, RateReport, RateRequest, ReportedRate } from "../rate-window.ts";
import { OtherClients } from "../rate/other-clients.ts";
import { UrgentSlots } from "../rate/urgent-slots.ts";
import { dayMs, newRateState, unknownDayMs, type RateState } from "./rate-state.ts";

/** Clocks are read in whole milliseconds: a slot freed within the last one could be a fraction early. */
const roundingMs = 1;

/** The request in full, as engines get it. */
export type RateExchange = Required<
  Pick<RateRequest, "reservation" | "count" | "urgent" | "keepFree" | "keepDaily" | "seen" | "reports">
> & {
  readonly limit: number;
  readonly maxLimit: number | null;
  readonly windowMs: number;
  readonly leaseMs: number;
  readonly dailyLimit: number | null;
};

/**
 * One step of a bucket: what was held too long comes free, reports are booked, then slots are granted. Engines that can run
 * code of ours in a transaction call this; others do the same in their own language (see the script of `@ghlkit/storage-redis`).
 * Changes `state`.
 */
export function exchangeRate(state: RateState, request: RateExchange, now: number): RateGrant {
  const lost = request.seen > state.taken;
  release(state, request, now);
  if (lost) forgetNothing(state, request, now);
  for (const report of request.reports) book(state, request, report, now);
  const granted = grant(state, request, now);
  return { granted, lost, ...standing(state, request, now) };
}

/** The state of a bucket from its JSON; a new one for `undefined`. */
export function parseRateState(body: string | undefined, now: number): RateState {
  return body === undefined ? newRateState(now) : (JSON.parse(body) as RateState);
}

function limitOf(state: RateState, request: RateExchange): number {
  return Math.min(state.limit ?? request.limit, request.maxLimit ?? Infinity);
}

function windowOf(state: RateState, request: RateExchange): number {
  return state.windowMs ?? request.windowMs;
}

/**
 * Drops what ended, and bounds the rest, for the clock may have been set back: nothing is held for longer than a window from now, and
 * nothing is closed for longer than it was to be.
 */
function release(state: RateState, request: RateExchange, now: number): void {
  const latest = now + windowOf(state, request) + roundingMs;
  state.held = state.held.filter(([freeAt]) => freeAt > now).map(([freeAt, count]) => [Math.min(freeAt, latest), count]);
  for (const [id, [endsAt, ...rest]] of Object.entries(state.reserved)) {
    if (endsAt <= now) delete state.reserved[id];
    else if (endsAt > now + request.leaseMs) state.reserved[id] = [now + request.leaseMs, ...rest];
  }
  if (now >= state.dayEndsAt || state.dayEndsAt > now + 2 * dayMs) {
    Object.assign(state, { dayEndsAt: now + dayMs, isDayEndKnown: false, spent: 0, left: null, dayClosedUntil: 0 });
  }
  state.closedUntil = Math.min(state.closedUntil, now + (state.closedForMs ?? 0));
  state.dayEndsAt = Math.min(state.dayEndsAt, now + dayMs);
  state.dayClosedUntil = Math.min(state.dayClosedUntil, dayBelievedUntil(state, now));
  if (state.dayClosedUntil !== 0 && now >= state.dayClosedUntil) Object.assign(state, { left: null, dayClosedUntil: 0 });
}

/** A caller knows of more slots than the store: what it forgot may fill a window. */
function forgetNothing(state: RateState, request: RateExchange, now: number): void {
  state.taken = request.seen;
  close(state, windowOf(state, request) + roundingMs, now);
}

/** Closes for so long, unless it is closed for longer already. */
function close(state: RateState, forMs: number, now: number): void {
  if (now + forMs <= state.closedUntil) return;
  state.closedUntil = now + forMs;
  state.closedForMs = forMs;
}

/** Until when a used-up day is believed. */
function dayBelievedUntil({ isDayEndKnown, dayEndsAt }: RateState, now: number): number {
  return isDayEndKnown ? dayEndsAt : now + unknownDayMs;
}

function book(state: RateState, request: RateExchange, report: RateReport, now: number): void {
  const { answered = 0, unsent = 0, rate, refusedForMs } = report;
  const found = Object.hasOwn(state.reserved, report.reservation) ? state.reserved[report.reservation] : undefined;
  const [endsAt, count, mark, departure] = found ?? [0, 0, 0];
  const back = Math.min(unsent, count);
  const rest = count - back - answered;
  if (rest > 0)
    state.reserved[report.reservation] = departure === undefined ? [endsAt, rest, mark - back] : [endsAt, rest, mark - back, departure];
  else delete state.reserved[report.reservation];
  state.spent = Math.max(0, state.spent - back);
  if (state.left !== null && back > 0) {
    state.left += back;
    state.dayClosedUntil = 0;
  }
  if (found === undefined) state.taken += answered;
  if (back > 0) othersOf(state).stayed(back);
  hold(state, now + windowOf(state, request) + roundingMs, answered);
  const foreign = rate === undefined ? 0 : learn(state, request, { rate, mark: found === undefined ? undefined : mark, now });
  if (departure !== undefined && answered > 0)
    othersOf(state).ended(now, departure, {
      answered,
      others: foreign,
      remaining: rate?.remaining,
      inFlight: inFlightOf(state),
      windowMs: windowOf(state, request),
    });
  if (refusedForMs !== undefined) {
    close(state, refusedForMs, now);
    state.trial = true;
  } else if (answered > 0 && now >= state.closedUntil) state.trial = false;
}

interface Lesson {
  readonly rate: ReportedRate;
  /** Of the reservation; `undefined` when it is unknown. */
  readonly mark: number | undefined;
  readonly now: number;
}

/**
 * Learns limit and window, and what other clients of the bucket spent. The platform counted, besides theirs, at most the
 * slots taken at the grant and those taken since; whatever it counted beyond was spent by others and is held for a window.
 *
 * @returns how many slots others spent.
 */
function learn(state: RateState, request: RateExchange, { rate, mark, now }: Lesson): number {
  if (rate.windowMs !== undefined && rate.windowMs > 0) state.windowMs = rate.windowMs;
  if (rate.limit !== undefined && rate.limit > 0) state.limit = rate.limit;
  if (rate.dailyRemaining !== undefined) learnDay(state, request, rate, now);
  if (rate.remaining === undefined || mark === undefined) return 0;
  const foreign = Math.max(0, limitOf(state, request) - rate.remaining - (mark + state.taken));
  hold(state, now + windowOf(state, request) + roundingMs, foreign);
  state.taken += foreign;
  return foreign;
}

function othersOf(state: RateState): OtherClients {
  const others = new OtherClients(state.others);
  state.others = others.state;
  return others;
}

/** An old answer states too much; only a new day brings more than was known. */
function learnDay(state: RateState, request: RateExchange, { dailyRemaining = 0, dailyResetsInMs }: ReportedRate, now: number): void {
  const left = Math.max(0, dailyRemaining - inFlightOf(state));
  const isNewDay = state.left !== null && left > state.left + 10 * limitOf(state, request);
  if (isNewDay) state.spent = 0;
  state.left = state.left === null || isNewDay ? left : Math.min(state.left, left);
  if (dailyResetsInMs !== undefined) Object.assign(state, { dayEndsAt: now + Math.min(dailyResetsInMs, dayMs), isDayEndKnown: true });
  else if (isNewDay) Object.assign(state, { dayEndsAt: now + dayMs, isDayEndKnown: false });
  state.dayClosedUntil = dailyRemaining === 0 ? dayBelievedUntil(state, now) : 0;
}

function grant(state: RateState, request: RateExchange, now: number): number {
  const left = leftOf(state, request);
  const today = left === undefined ? Infinity : left - request.keepDaily;
  const granted = Math.max(0, Math.min(request.count, usableOf(state, request, now), today));
  noteUrgent(state, request, granted, now);
  if (granted === 0) return 0;
  state.taken += granted;
  state.spent += granted;
  if (state.left !== null) state.left -= granted;
  if (state.left === 0 && state.dayClosedUntil === 0) state.dayClosedUntil = dayBelievedUntil(state, now);
  const departure = othersOf(state).went(now, { count: granted, inFlight: inFlightOf(state) });
  state.reserved[request.reservation] = [now + request.leaseMs, granted, 0];
  const mark = inFlightOf(state) + heldOf(state) - state.taken;
  state.reserved[request.reservation] = [now + request.leaseMs, granted, mark, departure];
  return granted;
}

function capacityOf(state: RateState, request: RateExchange, now: number): number {
  if (now < state.closedUntil || now < state.dayClosedUntil) return 0;
  const inFlight = inFlightOf(state);
  const free = limitOf(state, request) - inFlight - heldOf(state);
  const allowed = othersOf(state).allowance(now, { free, inFlight, windowMs: windowOf(state, request) });
  return state.trial ? Math.min(allowed, 1 - inFlight) : allowed;
}

/** Slots for this request: those that are kept free are for urgent ones alone. */
function usableOf(state: RateState, request: RateExchange, now: number): number {
  const free = capacityOf(state, request, now);
  return Math.max(Math.min(request.urgent, free), free - keptOf(state, request, now));
}

function keptOf(state: RateState, request: RateExchange, now: number): number {
  const urgent = new UrgentSlots(state.urgent);
  const kept = urgent.kept(now, windowOf(state, request), request.keepFree);
  state.urgent = urgent.grants;
  return kept;
}

/** Slots count as granted in time unless the request before asked for more than it got. */
function noteUrgent(state: RateState, request: RateExchange, granted: number, now: number): void {
  const count = Math.min(granted, request.urgent);
  const inTime = state.urgentShort === true ? 0 : count;
  if (request.urgent > 0) state.urgentShort = count < request.urgent;
  if (count === 0) return;
  const urgent = new UrgentSlots(state.urgent);
  urgent.granted(now, windowOf(state, request), { count, inTime });
  state.urgent = urgent.grants;
}

function leftOf(state: RateState, { dailyLimit }: RateExchange): number | undefined {
  const own = dailyLimit === null ? Infinity : dailyLimit - state.spent;
  const left = Math.min(own, state.left ?? Infinity);
  return left === Infinity ? undefined : Math.max(0, left);
}

function standing(state: RateState, request: RateExchange, now: number): Omit<RateGrant, "granted" | "lost"> {
  const leftToday = leftOf(state, request);
  const retryAfterMs = leftToday === 0 ? undefined : nextFreeAfter(state, request, now);
  return {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    limit: limitOf(state, request),
    windowMs: windowOf(state, request),
    free: Math.max(0, capacityOf(state, request, now)),
    inFlight: inFlightOf(state),
    taken: state.taken,
    spentToday: state.spent,
    ...(leftToday === undefined ? {} : { leftToday }),
    ...(state.isDayEndKnown ? { dayEndsInMs: state.dayEndsAt - now } : {}),
  };
}

function nextFreeAfter(state: RateState, request: RateExchange, now: number): number | undefined {
  if (state.trial && now >= state.closedUntil && inFlightOf(state) > 0) return undefined;
  let missing = 1 - (limitOf(state, request) - inFlightOf(state) - heldOf(state));
  let at = now;
  for (const [freeAt, count] of state.held) {
    if (missing <= 0) break;
    missing -= count;
    at = freeAt;
  }
  return missing > 0 ? undefined : Math.max(at, state.closedUntil) - now;
}

function hold(state: RateState, freeAt: number, count: number): void {
  if (count <= 0) return;
  const [lastAt, lastCount] = state.held.at(-1) ?? [0, 0];
  // A shorter window that was just stated can come before what is there: sorted, the first ones are the next ones.
  if (lastAt === freeAt) state.held[state.held.length - 1] = [freeAt, lastCount + count];
  else state.held.push([freeAt, count]);
  if (freeAt < lastAt) state.held.sort(([a], [b]) => a - b);
}

function inFlightOf({ reserved }: RateState): number {
  let sum = 0;
  for (const [, count] of Object.values(reserved)) sum += count;
  return sum;
}

function heldOf({ held }: RateState): number {
  let sum = 0;
  for (const [, count] of held) sum += count;
  return sum;
}
