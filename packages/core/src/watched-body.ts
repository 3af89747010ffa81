import { passOn } from "./pass-on.ts";

type BodyStream = ReadableStream<Uint8Array>;

/** A body on its way, and whether it failed by itself. */
export interface WatchedBody<Body> {
  readonly body: Body | BodyStream;
  /** What the stream of the caller failed with says nothing of the connection, even where it is an error of another one. */
  readonly hasFailed: () => boolean;
}

/** Watches a body that is a stream; any other cannot fail. */
export function watchedBody<Body>(body: Body): WatchedBody<Body> {
  if (!(body instanceof ReadableStream)) return { body, hasFailed: never };
  let failed = false;
  const stream = passOn(body as BodyStream, () => (failed = true));
  return { body: stream, hasFailed: () => failed };
}

function never(): boolean {
  return false;
}
