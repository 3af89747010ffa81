import { hasSecret, type CallbackSecret } from "./callback-secret.ts";

/** A callback that was read, or the answer to what is none. */
export type ReadCallback = { readonly body: Readonly<Record<string, unknown>> } | { readonly refusal: Response };

/** Reads a callback: POST, with the secret, JSON of at most so many bytes. */
export async function readCallback(request: Request, secret: CallbackSecret, maxBodyBytes: number): Promise<ReadCallback> {
  if (request.method !== "POST") return refuse(405, "Use POST.");
  if (!hasSecret(request, secret).valid) return refuse(401, "The secret is missing or wrong.");
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) return refuse(413, "The body is too large.");
  const text = await boundedText(request, maxBodyBytes);
  if (text === undefined) return refuse(413, "The body is too large.");
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { body: body as Readonly<Record<string, unknown>> };
  } catch {
    // It is no JSON: said below.
  }
  return refuse(400, "The body is no JSON object.");
}

/** An answer in JSON. */
export function refuse(status: number, message: string): { readonly refusal: Response } {
  return { refusal: Response.json({ message }, { status }) };
}

async function boundedText(request: Request, maxBodyBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  if (request.body === null) return text;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
