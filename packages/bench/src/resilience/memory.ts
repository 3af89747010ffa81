import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createContext, type Send, type WireResponse } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { withRateLimit } from "@ghlkit/resilience";
import { measure, type Measure } from "../measure.ts";

const buckets = 10_000;
const queued = 100_000;
const windowMs = 10_000;
const request = Object.freeze({ method: "GET", url: "https://platform/", headers: {}, body: undefined });

interface Held {
  /** Bytes for half of them, for all, and for what is left afterwards. */
  readonly half: number;
  readonly all: number;
  readonly after: number;
}

/** What buckets and queued calls hold, whether it grows in line with them, and whether it is let go. */
export async function memory(): Promise<readonly Measure[]> {
  // What code and machine hold once and for all is not theirs.
  await ofBuckets();
  return [
    ...judge(`${buckets} buckets`, { count: buckets, atMost: 15 }, await ofBuckets()),
    ...judge(`${queued} queued calls`, { count: queued, atMost: 100 }, await ofQueue()),
  ];
}

interface Goal {
  readonly count: number;
  /** MiB. */
  readonly atMost: number;
}

function judge(label: string, { count, atMost }: Goal, { half, all, after }: Held): readonly Measure[] {
  return [
    measure(`memory with ${label}`, all / 2 ** 20, "MiB", { atMost }, { "bytes each": all / count }),
    measure(`memory with ${label}: all / half of them`, all / half, "x", { atMost: 2.2 }),
    measure(`memory with ${label}: held afterwards`, (Math.max(0, after) / all) * 100, "%", { atMost: 10 }),
  ];
}

/** Every bucket made one call; a window later they are idle, and the next new ones sweep them out. */
async function ofBuckets(): Promise<Held> {
  const clock = createManualClock();
  const send = withRateLimit({ clock })(() => Promise.resolve(new Response(null)));
  const call = (at: number): Promise<WireResponse> =>
    send(request, createContext({ principal: { app: "bench", kind: "location", resource: `loc-${at}` } }));
  const before = heap();
  for (let at = 0; at < buckets / 2; at += 1) await call(at);
  const half = heap() - before;
  for (let at = buckets / 2; at < buckets; at += 1) await call(at);
  const all = heap() - before;
  await clock.advance(windowMs + 1);
  // The sweep comes as the number of buckets doubles.
  for (let at = 0; at < buckets * 2; at += 1) {
    await call(buckets + at);
    await clock.advance(windowMs + 1);
  }
  return { half, all, after: heap() - before };
}

/** All but one wait, and are given up in the end. */
async function ofQueue(): Promise<Held> {
  const clock = createManualClock();
  const limiter = withRateLimit({ clock, limit: 1, maxQueue: queued });
  const send: Send = limiter(() => new Promise(() => {}));
  const giveUp = new AbortController();
  const context = createContext({ principal: { app: "bench", kind: "location", resource: "loc" }, signal: giveUp.signal });
  void send(request, { ...context, signal: undefined });
  const before = heap();
  let given = 0;
  const count = (): void => void (given += 1);
  const wait = (): void => void send(request, context).catch(count);
  for (let at = 0; at < queued / 2; at += 1) wait();
  const half = heap() - before;
  for (let at = 0; at < queued / 2; at += 1) wait();
  const all = heap() - before;
  giveUp.abort();
  while (given < queued) await clock.advance(1);
  return { half, all, after: heap() - before };
}

/** Bytes in use after a full collection. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
