import { setTimeout as wait } from "node:timers/promises";
import { startRedis } from "@ghlkit/test-servers/redis";
import { measure, type Measure } from "../measure.ts";
import { Trial, type TrialOptions, type TrialProcess, type TrialResult } from "./trial.ts";

/** Runs of each trouble; a run is one refresh of one location under it. */
const runs = Number(process.env["BENCH_RUNS"] ?? 200);
const together = 20;
const leaseTtlMs = 100;

/** Refresh tokens under what happens to processes, stores and clocks: a reuse is one that came again after its first use was accepted. */
export async function hardTimes(): Promise<readonly Measure[]> {
  return [
    ...(await rows("Redis, which holds the leases, restarts during a refresh of 3 s", redisRestarts)),
    ...(await rows("token store unavailable for 1 s after the answer", storeAway)),
    ...(await rows("holder stopped by SIGSTOP for 1 to 100 leases of 100 ms", holderStopped)),
    ...(await rows("wall clocks stepped by 60 s either way during a refresh", clockStepped)),
  ];
}

type Trouble = (tokens: TrialOptions["tokens"]) => Promise<TrialResult>;

async function rows(what: string, trouble: Trouble): Promise<readonly Measure[]> {
  const living = await inRounds(() => trouble("half-life"));
  const ended = await inRounds(() => trouble("ended"));
  const label = `${what}, ${runs} runs`;
  return [
    measure(`${label} at half-life: refresh tokens used twice`, living.reused, "", { atMost: 0 }),
    measure(`${label} at half-life: pairs lost`, living.lost, "", { atMost: 0 }),
    measure(`${label} at half-life: calls that fail`, living.failed, "", { atMost: 0 }),
    // The one attempt that is left when the access token has ended; where its user lives there is none.
    measure(
      `${label} with an access token that has ended: tried once more`,
      ended.reused,
      "",
      what.startsWith("holder") ? {} : { atMost: 0 },
    ),
  ];
}

async function inRounds(trouble: () => Promise<TrialResult>): Promise<TrialResult> {
  const sum = { refreshes: 0, reused: 0, lost: 0, failed: 0 };
  for (let done = 0; done < runs; done += together) {
    const result = await trouble();
    for (const name of Object.keys(sum) as (keyof TrialResult)[]) sum[name] += result[name];
  }
  // Where nothing was refreshed nothing was tried.
  if (sum.refreshes < runs) throw new Error(`Only ${sum.refreshes} of ${runs} tokens were refreshed.`);
  return sum;
}

async function redisRestarts(tokens: TrialOptions["tokens"]): Promise<TrialResult> {
  const redis = await startRedis();
  if (redis === undefined) throw new Error("redis-server is missing.");
  try {
    const trial = await Trial.start({ locations: together, answerAfterMs: () => 3_000, tokens, redisUrl: redis.url, leaseTtlMs });
    const [first, second] = trial.processes as [TrialProcess, TrialProcess];
    const calls = trial.locations.map((location) => first.call(location));
    while (trial.accepted() < together) await wait(20);
    await redis.kill();
    await wait(Math.random() * 300);
    await redis.start();
    calls.push(...trial.locations.map((location) => second.call(location)));
    await Promise.all(calls);
    return await trial.end();
  } finally {
    await redis.kill();
  }
}

async function storeAway(tokens: TrialOptions["tokens"]): Promise<TrialResult> {
  const trial = await Trial.start({ locations: together, answerAfterMs: () => 50, tokens, awayMs: 1_000, leaseTtlMs });
  const [first, second] = trial.processes as [TrialProcess, TrialProcess];
  const calls = trial.locations.map((location) => first.call(location));
  while (trial.accepted() < together) await wait(5);
  for (let round = 0; round < 20; round += 1) {
    calls.push(...trial.locations.map((location) => second.call(location)));
    await wait(100);
  }
  await Promise.all(calls);
  return trial.end();
}

async function holderStopped(tokens: TrialOptions["tokens"]): Promise<TrialResult> {
  const trial = await Trial.start({ locations: together, answerAfterMs: () => 50 + Math.random() * 450, tokens, leaseTtlMs });
  const [holder, other] = trial.processes as [TrialProcess, TrialProcess];
  const calls: Promise<string>[] = [];
  calls.push(...trial.locations.map((location) => holder.call(location)));
  // Some refreshes are accepted by then and their answers on the way, others are about to be sent, or stored.
  const accepted = Math.random() * together;
  while (trial.accepted() < accepted) await wait(1);
  await wait(Math.random() * 100);
  holder.pause();
  const until = performance.now() + leaseTtlMs * (1 + Math.random() * 99);
  while (performance.now() < until) {
    calls.push(...trial.locations.map((location) => other.call(location)));
    await wait(100);
  }
  holder.resume();
  await Promise.all(calls);
  return trial.end();
}

async function clockStepped(tokens: TrialOptions["tokens"]): Promise<TrialResult> {
  const trial = await Trial.start({ locations: together, answerAfterMs: () => 300 + Math.random() * 300, tokens, leaseTtlMs });
  const [first, second] = trial.processes as [TrialProcess, TrialProcess];
  const calls: Promise<string>[] = [];
  for (const location of trial.locations) {
    calls.push(first.call(location));
    first.step(step());
    second.step(step());
    calls.push(second.call(location));
    await wait(Math.random() * 30);
  }
  for (let round = 0; round < 10; round += 1) {
    first.step(step());
    second.step(step());
    calls.push(...trial.locations.map((location) => second.call(location)));
    await wait(60);
  }
  await Promise.all(calls);
  return trial.end();
}

/** Only where the access tokens have hours left, or none, does a minute not decide whether they live. */
function step(): number {
  return [-60_000, 0, 60_000][Math.floor(Math.random() * 3)] as number;
}
