import { BoundsError } from "./check-value.ts";

/**
 * Reads a body of at most so many bytes: what is longer is not read on, whatever its Content-Length says.
 * @throws BoundsError 413.
 */
export async function readBytes(request: Pick<Request, "body" | "headers">, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): BoundsError => new BoundsError(`The body has more than ${mostBytes} bytes.`, 413);
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    length += chunk.value.length;
    if (length > mostBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(chunk.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
