import { createContext, type Send } from "@ghlkit/core";
import { withRateLimit } from "@ghlkit/resilience";
import { createGhl } from "ghlkit";
import { measure, median, type Measure } from "../measure.ts";

const rounds = 7;
const request = Object.freeze({ method: "GET", url: "https://platform/", headers: {}, body: undefined });
const principal = { app: "bench", kind: "location", resource: "loc" } as const;
const answer: Send = async () => new Response("{}");

/** One signal ends thousands of queued calls: how long until all have failed, beside as many promises that are rejected with an Error each. */
export async function abortedQueue(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const [name, queue, goal] of [
    ["withRateLimit", limiterQueue, { atMost: 1.5 }],
    ["createGhl", stackQueue, { atMost: 1.5 }],
  ] as const) {
    for (const calls of [10_000, 40_000]) {
      const ratios: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const bareMs = await bare(calls);
        ratios.push((await aborted(queue(calls))) / bareMs);
      }
      const label = `${calls} queued calls of ${name} that one signal aborts, relative to as many rejected promises, median`;
      measures.push(measure(label, median(ratios), "x", goal, { least: Math.min(...ratios), most: Math.max(...ratios) }));
    }
  }
  return measures;
}

interface Queue {
  readonly abort: AbortController;
  readonly settled: Promise<unknown>;
}

async function bare(count: number): Promise<number> {
  const rejects: ((error: Error) => void)[] = [];
  const settled = Promise.allSettled(Array.from({ length: count }, () => new Promise((_, reject) => rejects.push(reject))));
  await pause();
  const start = performance.now();
  for (const reject of rejects) reject(new Error("aborted"));
  await settled;
  return performance.now() - start;
}

async function aborted({ abort, settled }: Queue): Promise<number> {
  await pause();
  const start = performance.now();
  abort.abort();
  await settled;
  return performance.now() - start;
}

function limiterQueue(count: number): Queue {
  const abort = new AbortController();
  const send = withRateLimit({ limit: 1, maxQueue: count })(answer);
  const context = createContext({ principal, signal: abort.signal });
  return { abort, settled: Promise.allSettled(Array.from({ length: count }, async () => send(request, context))) };
}

function stackQueue(count: number): Queue {
  const abort = new AbortController();
  const ghl = createGhl({
    token: "pit-bench",
    location: "loc",
    limits: { limit: 1, maxQueue: count },
    fetch: async () => new Response("{}"),
  });
  const { contacts } = ghl.location("loc").with({ signal: abort.signal });
  return { abort, settled: Promise.allSettled(Array.from({ length: count }, (_, at) => contacts.get({ contactId: `c${at}` }))) };
}

/** Lets the queue form, and collects what the round before left. */
async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  globalThis.gc?.();
}
