import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { measure, median, type Measure } from "../measure.ts";
import { ghlkit, others, type Contender } from "./contenders.ts";
import type { RatedServerOptions } from "./rated-server.ts";

const calls = 600;
const limit = 100;
const windowMs = 2000;
const seeds = 20;
/** 600 calls at 100 per window: the last hundred may start after five windows. */
const idealMs = (Math.ceil(calls / limit) - 1) * windowMs;

interface Burst {
  readonly ok: number;
  readonly refused: number;
  readonly requests: number;
  readonly ms: number;
}

/** 600 calls at once against a limit of 100 per window, fixed and sliding, wherever the window begins. */
export async function bursts(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const kind of ["fixed", "sliding"] as const) {
    const runs: Burst[] = [];
    for (let seed = 0; seed < seeds; seed += 5) {
      // Five at a time, each with a server and limiter of its own: they wait, they do not work.
      runs.push(
        ...(await Promise.all([0, 1, 2, 3, 4].map((more) => burst(ghlkit, { limit, windowMs, kind, offset: (seed + more) / seeds })))),
      );
    }
    const against: Record<string, Burst> = {};
    for (const [name, contender] of Object.entries(others)) against[name] = await burst(contender, { limit, windowMs, kind, offset: 0.37 });
    const of = (pick: (one: Burst) => number): Readonly<Record<string, number>> =>
      Object.fromEntries(Object.entries(against).map(([name, one]) => [name, pick(one)]));
    const label = `600 calls at once, 100 per window, ${kind}, ${seeds} offsets`;
    measures.push(
      measure(
        `${label}: fewest that succeed`,
        Math.min(...runs.map(({ ok }) => ok)),
        "",
        { atLeast: calls },
        of(({ ok }) => ok),
      ),
      measure(
        `${label}: most 429s`,
        Math.max(...runs.map(({ refused }) => refused)),
        "",
        { atMost: 0 },
        of(({ refused }) => refused),
      ),
      measure(
        `${label}: most requests`,
        Math.max(...runs.map(({ requests }) => requests)),
        "",
        { atMost: calls },
        of(({ requests }) => requests),
      ),
      measure(
        `${label}: time / ideal, median`,
        median(runs.map(({ ms }) => ms / idealMs)),
        "x",
        { atMost: 1.05 },
        of(({ ms }) => ms / idealMs),
      ),
    );
  }
  return measures;
}

async function burst(contender: Contender, options: RatedServerOptions): Promise<Burst> {
  const server = new Worker(new URL("./rated-server.ts", import.meta.url), { workerData: options });
  try {
    const [{ url }] = (await once(server, "message")) as [{ url: string }];
    const call = contender(url, options);
    const started = performance.now();
    const outcomes = await Promise.allSettled(Array.from({ length: calls }, (_, id) => call(id)));
    const ms = performance.now() - started;
    server.postMessage("count");
    const [{ served, refused }] = (await once(server, "message")) as [{ served: number; refused: number }];
    return { ok: outcomes.filter(({ status }) => status === "fulfilled").length, refused, requests: served + refused, ms };
  } finally {
    await server.terminate();
  }
}
