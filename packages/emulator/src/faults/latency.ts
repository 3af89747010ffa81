import { BoundsError, checkChoice, checkNumbers } from "../bounds/check-value.ts";

/** How delays spread. */
export type LatencyDistribution = "fixed" | "uniform" | "normal" | "lognormal";

/** What a delay is drawn from; see `Fault`. */
export interface Latency {
  readonly delayMs?: number;
  readonly distribution?: LatencyDistribution;
  readonly maxDelayMs?: number;
  readonly deviation?: number;
}

const distributions: readonly LatencyDistribution[] = ["fixed", "uniform", "normal", "lognormal"];

/** @param random From 0 to 1, seeded. Never below 0, and never above an hour. */
export function drawLatency(latency: Latency, random: () => number): number {
  return Math.min(draw(latency, random), longestMs);
}

function draw(latency: Latency, random: () => number): number {
  const { delayMs = 100, distribution = "fixed" } = latency;
  switch (distribution) {
    case "fixed":
      return delayMs;
    case "uniform":
      return delayMs + random() * ((latency.maxDelayMs ?? delayMs * 2) - delayMs);
    case "normal":
      return Math.max(0, delayMs + gauss(random) * (latency.deviation ?? delayMs / 4));
    case "lognormal":
      return delayMs * Math.exp(gauss(random) * (latency.deviation ?? 0.5));
  }
}

/** Box and Muller's transform. */
function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Longer than any client waits. */
const longestMs = 3_600_000;
const milliseconds = { from: 0, to: longestMs };

/** @throws BoundsError with one sentence about what is wrong. */
export function checkLatency(latency: Latency): void {
  const { delayMs = 0, distribution = "fixed", maxDelayMs = delayMs } = latency;
  checkChoice("distribution", distribution, distributions);
  checkNumbers(latency, { delayMs: milliseconds, maxDelayMs: milliseconds, deviation: milliseconds });
  if (maxDelayMs < delayMs) throw new BoundsError("maxDelayMs is not below delayMs.");
}
