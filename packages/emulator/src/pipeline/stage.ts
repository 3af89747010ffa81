import type { Answer } from "../http/answer.ts";
import type { Exchange } from "./exchange.ts";

/**
 * One step of the way. It fills in the exchange and returns nothing, or ends the way with an answer or a `Refusal`.
 * Stages that need not wait return synchronously: it keeps the hot path short.
 */
export type Stage = (exchange: Exchange) => Answer | undefined | void | Promise<Answer | undefined | void>;

/** Runs stages in order until one answers. */
export async function runStages(stages: readonly Stage[], exchange: Exchange): Promise<Answer | undefined> {
  for (const stage of stages) {
    const result = stage(exchange);
    const answer = result instanceof Promise ? await result : result;
    if (answer !== undefined) return answer;
  }
  return undefined;
}
