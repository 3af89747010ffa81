import { createContext, ghlError, isGhlError, sleep, type CallContext, type Send } from "@ghlkit/core";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { withCircuitBreaker, withRateLimit, withRetry } from "@ghlkit/resilience";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";

const minute = 60_000;
const callsPerSecond = 50;
const locations = 10;
const waiting = 10_000;
const openMs = 10_000;
const request = Object.freeze({ method: "GET", url: "https://platform/", headers: {}, body: undefined });

/** How the platform is out: it answers 503, to all calls or to half of them, takes no connections, or loses its answers. */
const outages = { "503": "503", "503 to half of the calls": "half", "refused connections": "refused", "lost answers": "lost" } as const;

interface Run {
  readonly calls: number;
  readonly retries: number;
  readonly requestsWhileOut: number;
  readonly callsWhileOut: number;
  /** From the end of the outage to the first answer, and until calls no longer fail, in ms. */
  readonly firstAnswerMs: number;
  readonly lastFailureMs: number;
}

/** Fifty calls a second for ten locations, and a platform that fails for half an hour of forty minutes. On an emulated clock. */
export async function outage(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const [name, kind] of Object.entries(outages)) {
    const run = await endure(kind);
    const label = `30-minute outage (${name}) at ${callsPerSecond} calls/s`;
    measures.push(
      measure(`${label}: retries above the calls`, (run.retries / run.calls) * 100, "%", { atMost: 10 }, { calls: run.calls }),
      measure(`${label}: requests per call while it lasts`, run.requestsWhileOut / run.callsWhileOut, ""),
      measure(`${label}: first answer after its end`, run.firstAnswerMs / openMs, "probe intervals", { atMost: 1 }),
      measure(`${label}: last call that fails after its end`, run.lastFailureMs / openMs, "probe intervals", { atMost: 1 }),
    );
  }
  return [...measures, ...(await queued())];
}

/** Ten thousand calls wait, and the platform is out for a minute. */
async function queued(): Promise<readonly Measure[]> {
  const clock = createManualClock();
  const [from, until] = [clock.now() + minute, clock.now() + 2 * minute];
  const platform: Send = async () => {
    await sleep(100, undefined, clock);
    return new Response(null, { status: clock.now() >= from && clock.now() < until ? 503 : 200 });
  };
  const send = stack(clock, () => 0.5, platform);
  const context = contextOf("loc", () => {});
  const counts = { 200: 0, 503: 0, circuit_open: 0 };
  let ended = 0;
  for (let at = 0; at < waiting; at += 1) {
    void send(request, context)
      .then(
        ({ status }) => (counts[status as 200 | 503] += 1),
        (error: unknown) => isGhlError(error, "circuit_open") && (counts.circuit_open += 1),
      )
      .finally(() => (ended += 1));
  }
  while (ended < waiting) await clock.advance(1000);
  const label = `${waiting} calls wait while the platform is out for a minute`;
  return [
    measure(`${label}: lost without having been sent`, counts.circuit_open, "", { atMost: 0 }),
    measure(`${label}: answered 503 (they were under way)`, counts[503], ""),
    measure(`${label}: calls that succeed`, counts[200], ""),
  ];
}

function stack(clock: ManualClock, random: () => number, platform: Send): Send {
  const layers = [withRetry({ clock, random }), withRateLimit({ clock }), withCircuitBreaker({ clock, openMs })];
  return layers.reduceRight<Send>((next, layer) => layer(next), platform);
}

async function endure(kind: "503" | "half" | "refused" | "lost"): Promise<Run> {
  const clock = createManualClock();
  const random = seeded(30);
  const started = clock.now();
  const [from, until] = [started + 5 * minute, started + 35 * minute];
  let [calls, retries, requestsWhileOut, callsWhileOut] = [0, 0, 0, 0];
  let [firstAnswerAt, lastFailureAt] = [Infinity, until];
  const isOut = (): boolean => clock.now() >= from && clock.now() < until;
  const platform: Send = async () => {
    const fails = isOut() && (kind !== "half" || random() < 0.5);
    if (isOut()) requestsWhileOut += 1;
    if (fails && kind === "refused") throw ghlError("network", "refused", { sent: false });
    await sleep(50 + random() * 100, undefined, clock);
    if (fails && kind === "lost") throw ghlError("network", "lost", { sent: true });
    return new Response(null, { status: fails ? 503 : 200 });
  };
  const send = stack(clock, random, platform);
  const contexts = Array.from({ length: locations }, (_, at) => contextOf(`loc-${at}`, () => (retries += 1)));
  const call = async (): Promise<void> => {
    const context = contexts[calls % locations] as CallContext;
    calls += 1;
    if (isOut()) callsWhileOut += 1;
    const response = await send(request, context).catch(() => undefined);
    const ended = clock.now();
    if (ended < until) return;
    if (response?.ok === true) firstAnswerAt = Math.min(firstAnswerAt, ended);
    else lastFailureAt = Math.max(lastFailureAt, ended);
  };
  const under: Promise<void>[] = [];
  while (clock.now() < started + 40 * minute) {
    under.push(call());
    await clock.advance(1000 / callsPerSecond);
  }
  await clock.advance(minute);
  await Promise.all(under);
  return { calls, retries, requestsWhileOut, callsWhileOut, firstAnswerMs: firstAnswerAt - until, lastFailureMs: lastFailureAt - until };
}

function contextOf(resource: string, onRetry: () => void): CallContext {
  return createContext({
    principal: { app: "bench", kind: "location", resource },
    emit: ({ type }) => {
      if (type === "retrying") onRetry();
    },
  });
}
