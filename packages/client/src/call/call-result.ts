import { answerOf, readRateState, toResponse, traceIdOf, type RateState, type WireResponse } from "@ghlkit/core";
import type { WithResponse } from "./call-types.ts";

/** One finished execution. Response, rate state and trace id are made when asked for: most calls never do. */
export class CallResult<Data> implements WithResponse<Data> {
  readonly data: Data;
  readonly attempts: number;
  readonly #answer: WireResponse;

  constructor(data: Data, answer: WireResponse, attempts: number) {
    this.data = data;
    this.attempts = attempts;
    this.#answer = answer;
  }

  get response(): Response {
    return toResponse(this.#answer);
  }

  get headers(): Headers {
    return this.response.headers;
  }

  get rate(): RateState {
    return readRateState(this.#answer.headers);
  }

  get traceId(): string | undefined {
    const body = answerOf(this.#answer)?.body;
    return typeof body === "string" ? traceIdOf(body) : undefined;
  }
}
