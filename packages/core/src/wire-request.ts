import type { Bytes } from "./bytes.ts";

/** A body that can be sent again. A function opens a new stream for each attempt. */
export type WireBody = string | Bytes | Blob | FormData | URLSearchParams | (() => ReadableStream<Uint8Array>);

/** One request as it goes to the wire. Frozen: a layer that changes something sends a new record. */
export interface WireRequest {
  readonly method: string;
  /** Absolute URL, query included. */
  readonly url: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: WireBody | undefined;
}
