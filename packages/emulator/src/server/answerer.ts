import type { Journal } from "../control/journal.ts";
import { createIdSource } from "../ids/id-source.ts";
import { reply, type Answer } from "./answer.ts";
import { createExchange, type Exchange } from "./exchange.ts";
import type { Platform } from "./platform.ts";
import { Refusal } from "./refusal.ts";
import { runStages } from "./stage.ts";
import { createStages } from "./stages.ts";
import { writeAnswer, type WireAnswer } from "./wire-answer.ts";

/** Answers requests to the emulated platform: runs the stages, writes the headers, keeps the journal. */
export function createAnswerer(platform: Platform, journal: Journal): (request: Request) => Promise<WireAnswer> {
  const stages = createStages(platform);
  const traces = createIdSource(`${platform.options.seed}/traces`);
  const decide = async (exchange: Exchange): Promise<Answer> => {
    try {
      return (await runStages(stages, exchange)) ?? unanswered(exchange);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      // A bug of the emulator, never the platform's doing: it must be loud.
      return reply(500, { statusCode: 500, message: `The emulator failed: ${(error as Error).message}` }, "inferred");
    }
  };
  return async (request) => {
    const exchange = createExchange(request, platform.world.clock.now());
    const answer = await decide(exchange);
    journal.add({
      atMs: exchange.receivedAtMs,
      method: exchange.method,
      path: exchange.path,
      operation: exchange.match?.route.operation.id,
      status: answer.status,
      version: request.headers.get("version"),
      queryText: exchange.queryText,
      body: exchange.body.value,
    });
    return writeAnswer(exchange, answer, traces);
  };
}

function unanswered(exchange: Exchange): never {
  throw new Error(`No stage answered ${exchange.method} ${exchange.path}.`);
}
