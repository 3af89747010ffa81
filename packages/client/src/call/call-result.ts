import { answerOf, readRateState, traceIdOf, type RateState } from "@ghlkit/core";
import type { WithResponse } from "./call-types.ts";

/** One finished execution. Rate state and trace id are read when asked for: most calls never do. */
export class CallResult<Data> implements WithResponse<Data> {
  readonly data: Data;
  readonly response: Response;
  readonly attempts: number;

  constructor(data: Data, response: Response, attempts: number) {
    this.data = data;
    this.response = response;
    this.attempts = attempts;
  }

  get headers(): Headers {
    return this.response.headers;
  }

  get rate(): RateState {
    return readRateState(this.response.headers);
  }

  get traceId(): string | undefined {
    const body = answerOf(this.response)?.body;
    return typeof body === "string" ? traceIdOf(body) : undefined;
  }
}
