import type { RateState } from "@ghlkit/core";
import type { Page, WithResponse } from "../call/call-types.ts";

/** What a walk adds to the execution that brought a page. */
export type PageFields<Item> = Pick<Page<unknown, Item>, "items" | "number" | "total" | "resume">;

/** One page of a list, with its execution. */
export class PageResult<Data, Item> implements Page<Data, Item> {
  readonly items: readonly Item[];
  readonly number: number;
  readonly total: number | undefined;
  readonly resume: string | undefined;
  readonly #result: WithResponse<Data>;

  constructor(result: WithResponse<Data>, { items, number, total, resume }: PageFields<Item>) {
    this.items = items;
    this.number = number;
    this.total = total;
    this.resume = resume;
    this.#result = result;
  }

  get data(): Data {
    return this.#result.data;
  }

  get attempts(): number {
    return this.#result.attempts;
  }

  get response(): Response {
    return this.#result.response;
  }

  get headers(): Headers {
    return this.#result.headers;
  }

  get rate(): RateState {
    return this.#result.rate;
  }

  get traceId(): string | undefined {
    return this.#result.traceId;
  }
}
