import { createContext, type Layer, type Send, type WireRequest } from "@ghlkit/core";
import { withCircuitBreaker, withCollapsing, withDeadline, withRateLimit, withRetry } from "@ghlkit/resilience";
import { withTelemetry } from "@ghlkit/resilience/telemetry";
import { measure, median, type Measure } from "../measure.ts";

const request: WireRequest = Object.freeze({ method: "POST", url: "https://services.leadconnectorhq.com/x", headers: {}, body: "{}" });
const context = createContext({ principal: { app: "private", kind: "location", resource: "loc" } });
const answer: Send = () => Promise.resolve(new Response(null));
const count = 20_000;

/** CPU that the layers add to a call which has to wait for nothing. */
export async function layerCost(): Promise<readonly Measure[]> {
  const layers: readonly Layer[] = [
    withTelemetry(),
    withDeadline({ totalMs: 60_000 }),
    withCollapsing(),
    withRetry(),
    withRateLimit({ limit: 1_000_000 }),
    withCircuitBreaker(),
  ];
  const all = layers.reduceRight((next, layer) => layer(next), answer);
  const added = await addedMicroseconds(all);
  const label = "added CPU per call, no waiting: limiter, retry, breaker, deadline, collapsing, telemetry without an SDK";
  return [measure(label, added, "µs", { atMost: 25 })];
}

async function addedMicroseconds(send: Send): Promise<number> {
  await cpuOf(answer);
  await cpuOf(send);
  const rounds: number[] = [];
  for (let round = 0; round < 9; round += 1) rounds.push((await cpuOf(send)) - (await cpuOf(answer)));
  return median(rounds);
}

/** CPU time of one call in microseconds, one after the other. */
async function cpuOf(send: Send): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < count; index += 1) await send(request, context);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
