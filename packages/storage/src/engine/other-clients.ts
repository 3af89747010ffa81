/** Windows for which it is remembered what others spent. */
const remembered = 2;

/** How many times their usual rate others are expected to spend until the next answer. */
const caution = 1.5;

/** After this part of a window without an answer nothing is known. */
const silence = 0.5;

/** Long ago, in a number that JSON has. */
const never = -1e15;

/**
 * What a bucket knows of other clients that spend from it: JSON. Only answers show them, and only afterwards. As `OtherClients` of
 * `@ghlkit/resilience` does for one process, without the scouts, which each process sends by itself.
 */
export interface OtherClients {
  /** Slots others spent, by when they showed. */
  seen: [at: number, count: number][];
  /** Slots of ours by when they come free, with their grant. */
  returning: [freeAt: number, grantedAt: number, count: number][];
  /** What the platform had left for certain at `toldAt`, our calls and returned slots since then included; `null` before any answer. */
  left: number | null;
  toldAt: number;
  /** How long that answer had been under way: for so long nothing is known of what others did. */
  underWayMs: number;
  /** The least that any answer left since nothing was in flight. */
  lowest: number | null;
  heardAt: number;
  /** When an answer came after a silence. For a window from then nothing is certain but what answers left. */
  silenceEndedAt: number;
  /** Slots granted, and slots returned, since the bucket was made. */
  calls: number;
  returned: number;
}

/** What a reservation remembers of the moment it was granted. */
export interface Departure {
  readonly grantedAt: number;
  /** How many calls of the bucket each of its answers has counted for certain. */
  readonly counted: number;
  readonly returned: number;
}

export function newOtherClients(): OtherClients {
  return {
    seen: [],
    returning: [],
    left: null,
    toldAt: never,
    underWayMs: 0,
    lowest: null,
    heardAt: never,
    silenceEndedAt: never,
    calls: 0,
    returned: 0,
  };
}

/** Calls of ours go, beside those in flight. */
export function callsWent(
  others: OtherClients,
  now: number,
  { count, inFlight }: { readonly count: number; readonly inFlight: number },
): Departure {
  if (inFlight === 0) others.lowest = null;
  if (others.left !== null) others.left -= count;
  const counted = others.calls + 1 - inFlight;
  others.calls += count;
  return { grantedAt: now, counted, returned: others.returned };
}

/** They never left. */
export function callsStayed(others: OtherClients, count: number): void {
  if (others.left !== null) others.left += count;
}

/** What an answer showed. */
export interface Shown {
  readonly answered: number;
  /** Slots others spent that were not known. */
  readonly foreign: number;
  /** Slots left, where the answer says so. */
  readonly remaining: number | undefined;
  /** Calls in flight besides. */
  readonly inFlight: number;
  readonly windowMs: number;
}

export function callsEnded(others: OtherClients, now: number, departure: Departure, shown: Shown): void {
  const { answered, foreign, remaining, inFlight, windowMs } = shown;
  if (isSilent(others, now, windowMs)) others.silenceEndedAt = now;
  others.heardAt = now;
  reckon(others, now, windowMs);
  if (answered > 0) others.returning.push([now + windowMs + 1, departure.grantedAt, answered]);
  if (foreign > 0) others.seen.push([now, foreign]);
  if (remaining === undefined) return;
  others.lowest = Math.min(others.lowest ?? Infinity, remaining);
  // Calls beside this one may not have been counted yet; or they have, as far as they were answered since nothing was in flight.
  const left = Math.max(remaining - (others.calls - departure.counted), others.lowest - inFlight);
  const perMs = spentPerMs(others, now, windowMs);
  const most = remaining + (perMs > 0 ? 0 : others.returned - departure.returned);
  if (others.left !== null) others.left = Math.min(others.left, most);
  const isStale = others.left === null || now - others.toldAt > windowMs * silence;
  if (!isStale && left < (others.left ?? 0) - unheard(others, now, perMs)) return;
  others.left = left;
  others.toldAt = now;
  others.underWayMs = now - departure.grantedAt;
}

/** How many of the free slots may be used: all of them, unless others are about. Then no more than the platform has left for certain. */
export function allowance(
  others: OtherClients,
  now: number,
  at: { readonly free: number; readonly inFlight: number; readonly windowMs: number },
): number {
  const { free, inFlight, windowMs } = at;
  reckon(others, now, windowMs);
  const perMs = spentPerMs(others, now, windowMs);
  const isSettled = isSilent(others, now, windowMs) || now - others.silenceEndedAt >= windowMs;
  if (free <= 0 || (perMs === 0 && isSettled)) return free;
  const expected = unheard(others, now, perMs);
  const mayLearn = inFlight === 0 && (free - expected >= 1 || now >= others.toldAt + windowMs) ? 1 : 0;
  if (isSilent(others, now, windowMs)) return mayLearn;
  return Math.max(Math.min(free, Math.floor((others.left ?? free) - expected)), mayLearn);
}

function isSilent({ heardAt }: OtherClients, now: number, windowMs: number): boolean {
  return now < heardAt || now - heardAt > windowMs * silence;
}

/** Slots that returned count as left, unless the platform may have had them back already when it answered. */
function reckon(others: OtherClients, now: number, windowMs: number): void {
  // A clock that was set back: nothing was shown in the future.
  others.toldAt = Math.min(others.toldAt, now);
  others.heardAt = Math.min(others.heardAt, now);
  others.silenceEndedAt = Math.min(others.silenceEndedAt, now);
  const latest = now + windowMs + 1;
  others.returning = others.returning.flatMap(([freeAt, grantedAt, count]): OtherClients["returning"] => {
    if (freeAt > now) return [[Math.min(freeAt, latest), grantedAt, count]];
    others.returned += count;
    if (others.left !== null && grantedAt + windowMs > others.toldAt) others.left += count;
    return [];
  });
  others.seen = others.seen.filter(([at]) => at > now - remembered * windowMs).map(([at, count]) => [Math.min(at, now), count]);
}

/** Slots that others are likely to have spent since without our knowing. */
function unheard({ toldAt, underWayMs }: OtherClients, now: number, perMs: number): number {
  return perMs === 0 ? 0 : perMs * (now - toldAt + underWayMs);
}

/** Slots a millisecond that others are likely to spend; 0 when there are none. */
function spentPerMs({ seen }: OtherClients, now: number, windowMs: number): number {
  const from = now - remembered * windowMs;
  const spent = seen.reduce((sum, [at, count]) => (at > from ? sum + count : sum), 0);
  return (caution * spent) / (remembered * windowMs);
}
