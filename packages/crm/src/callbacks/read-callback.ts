import { boundedText, jsonObject } from "./bounded-body.ts";
import { hasSecret, type CallbackSecret } from "./callback-secret.ts";

/** A callback that was read, or the answer to what is none. */
export type ReadCallback = { readonly body: Readonly<Record<string, unknown>> } | { readonly refusal: Response };

/** Reads a callback: POST, with the secret, JSON of at most so many bytes. */
export async function readCallback(request: Request, secret: CallbackSecret, maxBodyBytes: number): Promise<ReadCallback> {
  if (request.method !== "POST") return refuse(405, "Use POST.");
  if (!hasSecret(request, secret).valid) return refuse(401, "The secret is missing or wrong.");
  const text = await boundedText(request, maxBodyBytes);
  if (text === undefined) return refuse(413, "The body is too large.");
  const body = jsonObject(text);
  if (body !== undefined) return { body };
  return refuse(400, "The body is no JSON object.");
}

/** An answer in JSON. */
export function refuse(status: number, message: string): { readonly refusal: Response } {
  return { refusal: Response.json({ message }, { status }) };
}
