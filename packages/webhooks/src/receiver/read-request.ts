/** The body of a request, or why there is none. */
export type RequestBody = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: "too_large" | "already_read" | "cut_off" };

/** Reads at most `maxBytes`: a sender who sends more is not read on, whatever its Content-Length says. Never rejects. */
export async function readRequestBody(request: Request, maxBytes: number): Promise<RequestBody> {
  if (request.bodyUsed) return { problem: "already_read" };
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return { problem: "too_large" };
  try {
    return await readStream(request.body, maxBytes);
  } catch {
    return { problem: "cut_off" };
  }
}

async function readStream(body: Request["body"], maxBytes: number): Promise<RequestBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    length += chunk.value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return { problem: "too_large" };
    }
    chunks.push(chunk.value);
  }
  return { bytes: joined(chunks, length) };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
