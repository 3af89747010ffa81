/** Headers of an answer, as layers read them. `Headers` is one. */
export interface WireHeaders {
  /** Value of a header, several of the same name joined with commas; `null` where it is absent. */
  get(name: string): string | null;
  /** Visits every header, names in lower case. */
  forEach(visit: (value: string, name: string) => void): void;
}

/**
 * An answer as layers read it. A `Response` is one. A transport may resolve to a smaller object of its own, so a layer reads no more than
 * this, and calls `toResponse` where it hands an answer to code that wants a `Response`.
 */
export interface WireResponse {
  readonly status: number;
  /** Whether `status` is 200 to 299. */
  readonly ok: boolean;
  readonly headers: WireHeaders;
  /** URL that answered, after redirects; empty or absent where that is not known. */
  readonly url?: string;
  /** The body as text. Once read within its attempt (`readBody`), any number of times. */
  text(): Promise<string>;
  /** The body as bytes. */
  arrayBuffer(): Promise<ArrayBuffer>;
}
