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

/** @param random From 0 to 1, seeded. Never below 0. */
export function drawLatency(latency: Latency, random: () => number): number {
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

/** @throws Error with one sentence about what is wrong. */
export function checkLatency({ delayMs = 0, distribution = "fixed", maxDelayMs = delayMs, deviation = 0 }: Latency): void {
  if (!(delayMs >= 0)) throw new Error("delayMs is a number of milliseconds.");
  if (!distributions.includes(distribution)) throw new Error(`The distribution of a latency is ${distributions.join(", ")}.`);
  if (!(maxDelayMs >= delayMs)) throw new Error("maxDelayMs is a number of milliseconds, and none below delayMs.");
  if (!(deviation >= 0)) throw new Error("deviation is a number from 0.");
}
