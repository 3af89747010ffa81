import { setTimeout as wait } from "node:timers/promises";
import { reply, type Answer } from "../server/answer.ts";
import type { Exchange } from "../server/exchange.ts";
import type { Fault } from "./fault.ts";

/** Lets a request meet its faults: waits, and the answer if one of them decides it. */
export async function meetFaults(faults: readonly Fault[], exchange: Exchange): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  for (const fault of faults) {
    exchange.headers["x-emulator-fault"] = fault.kind;
    if (fault.kind === "latency") await pause(fault.delayMs ?? 100, exchange.request.signal);
    else answer ??= faultAnswer(fault);
  }
  return answer;
}

/** Nobody waits for the answer of a request that was given up. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

function faultAnswer({ kind, status = 503, body = { statusCode: status, message: "Service Unavailable" } }: Fault): Answer {
  return kind === "lost-answer" ? { ...reply(0, undefined, "inferred"), isLost: true } : reply(status, body, "inferred");
}
