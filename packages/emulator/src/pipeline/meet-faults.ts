import { setTimeout as wait } from "node:timers/promises";
import { reply, type Answer } from "../http/answer.ts";
import type { Exchange } from "./exchange.ts";
import type { Fault } from "../faults/fault.ts";
import { drawLatency } from "../faults/latency.ts";

/** Lets a request meet its faults: waits, and the answer if one of them decides it. */
export async function meetFaults(faults: readonly Fault[], exchange: Exchange, random: () => number): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  for (const fault of faults) {
    exchange.headers["x-emulator-fault"] = fault.kind;
    if (fault.kind === "latency") await pause(drawLatency(fault, random), exchange.request.signal);
    else if (fault.kind === "no-answer") await pause(undefined, exchange.request.signal);
    else if (fault.kind === "dripping-body") exchange.drip = fault;
    else if (fault.kind !== "replication-lag") answer ??= faultAnswer(fault);
  }
  return answer;
}

/** Waits, or returns at once when the caller gives up. @param ms Absent: until the caller gives up. */
async function pause(ms: number | undefined, signal: AbortSignal): Promise<void> {
  if (ms !== undefined) return wait(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
  signal.throwIfAborted();
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  signal.throwIfAborted();
}

function faultAnswer({ kind, status = 503, body = { statusCode: status, message: "Service Unavailable" } }: Fault): Answer {
  if (kind === "error") return reply(status, body, "inferred");
  return { ...reply(0, undefined, "inferred"), lost: kind === "connection-reset" ? "reset" : "closed" };
}
