import { readRateState, traceIdOf, type RateState, type ReadResponse } from "@ghlkit/core";
import type { WithResponse } from "./call-types.ts";

/** One finished execution. Response, rate state and trace id are made when asked for: most calls never do. */
export class CallResult<Data> implements WithResponse<Data> {
  readonly data: Data;
  readonly attempts: number;
  readonly #answer: ReadResponse;

  constructor(data: Data, answer: ReadResponse) {
    this.data = data;
    this.attempts = answer.attempt;
    this.#answer = answer;
  }

  get response(): Response {
    return this.#answer.response;
  }

  get headers(): Headers {
    return this.response.headers;
  }

  get rate(): RateState {
    return readRateState(this.#answer.headers);
  }

  get traceId(): string | undefined {
    return this.#answer.isText ? traceIdOf(this.#answer.readText()) : undefined;
  }
}
