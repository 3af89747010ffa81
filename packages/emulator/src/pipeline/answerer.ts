import { LostAnswer } from "../http/lost-answer.ts";
import { meetFaults } from "./meet-faults.ts";
import { createIdSource } from "../ids/id-source.ts";
import { reply, type Answer } from "../http/answer.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import type { Platform } from "./platform.ts";
import { Refusal } from "../http/refusal.ts";
import { runStages } from "./stage.ts";
import { createStages } from "./stages.ts";
import { writeAnswer, type WireAnswer } from "./wire-answer.ts";

/** Called with every exchange when its answer is known, e.g. by the journal. */
export type Observer = (exchange: Exchange, answer: Answer) => void;

/** Answers requests to the emulated platform: runs the stages, calls the observers, writes headers and trace id. Rejects with `LostAnswer` when a fault wants that. */
export function createAnswerer(platform: Platform, observers: readonly Observer[]): (request: Request) => Promise<WireAnswer> {
  const stages = createStages(platform);
  const traces = createIdSource(`${platform.options.seed}/traces`);
  return async (request) => {
    const exchange = createExchange(request, platform.world.clock.now());
    const decided = await decide(() => runStages(stages, exchange));
    const answer =
      exchange.faultsAfter.length === 0 ? decided : ((await meetFaults(exchange.faultsAfter, exchange, platform.faults.random)) ?? decided);
    for (const observe of observers) observe(exchange, answer);
    if (answer.lost !== undefined) throw new LostAnswer(answer.lost);
    return writeAnswer(exchange, answer, traces);
  };
}

async function decide(run: () => Promise<Answer | undefined>): Promise<Answer> {
  try {
    return (await run()) ?? failed("no stage answered");
  } catch (error) {
    return error instanceof Refusal ? error.answer : failed((error as Error).message);
  }
}

/** A bug of the emulator, never the platform's doing: it must be loud. */
function failed(message: string): Answer {
  return reply(500, { statusCode: 500, message: `The emulator failed: ${message}` }, "inferred");
}
