import { setTimeout as wait } from "node:timers/promises";
import { LostAnswer } from "./lost-answer.ts";

/** How a body drips. */
export interface Drip {
  /** Milliseconds between two pieces. Default 100. */
  readonly delayMs?: number;
  /** Bytes of a piece. Default 16. */
  readonly pieceBytes?: number;
  /** Bytes after which the connection breaks. Default: it does not. */
  readonly breakAfterBytes?: number;
}

/** A body piece by piece. @throws LostAnswer where it breaks off. */
export async function* dripped(
  body: string | Uint8Array,
  { delayMs = 100, pieceBytes = 16, breakAfterBytes }: Drip,
): AsyncGenerator<Uint8Array> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const end = Math.min(bytes.length, breakAfterBytes ?? bytes.length);
  for (let at = 0; at < end; at += pieceBytes) {
    if (at > 0) await wait(delayMs);
    yield bytes.subarray(at, Math.min(at + pieceBytes, end));
  }
  if (end < bytes.length) throw new LostAnswer("reset");
}

/** The same for those who called `fetch`. */
export function drippedStream(body: string | Uint8Array, drip: Drip): ReadableStream<Uint8Array> {
  const pieces = dripped(body, drip);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
