import type { Call, ListCall, Page, WithResponse } from "./call-types.ts";

/** A call of the facade: resolves to the data of an execution that is under way. */
export class FacadeCall<Data> extends Promise<Data> implements Call<Data> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #execution: Promise<WithResponse<Data>>;

  constructor(execution: Promise<WithResponse<Data>>) {
    super((resolve, reject) => {
      execution.then(({ data }) => resolve(data), reject);
    });
    this.#execution = execution;
  }

  withResponse(): Promise<WithResponse<Data>> {
    // Whoever asks for the response handles its failure there; the call itself must not report it a second time.
    this.catch(ignore);
    return this.#execution.then((result) => result);
  }
}

/** A call of a list operation: its first page is under way, the others follow when iterated. */
export class FacadeListCall<Data, Item> extends FacadeCall<Data> implements ListCall<Data, Item> {
  readonly #walk: (first: () => Promise<WithResponse<Data>>) => AsyncIterable<Page<Data, Item>>;

  constructor(execution: Promise<WithResponse<Data>>, walk: (first: () => Promise<WithResponse<Data>>) => AsyncIterable<Page<Data, Item>>) {
    super(execution);
    this.#walk = walk;
  }

  pages(): AsyncIterable<Page<Data, Item>> {
    return this.#walk(() => this.withResponse());
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }
}

function ignore(): void {}
