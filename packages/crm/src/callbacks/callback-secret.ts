import { ghlError, sha256 } from "@ghlkit/core";

/**
 * What shows that a request comes from HighLevel: no signature is documented for these callbacks, so a header with a secret value is set up beside their URL in
 * the app's settings.
 */
export interface CallbackSecret {
  /** Name of the header. */
  readonly header: string;
  /** Its value: at least 16 characters. */
  readonly value: string;
}

/** Fails for a secret that could be guessed. @throws GhlError `invalid_request` */
export function checkSecret(name: string, { header, value }: CallbackSecret): void {
  if (header.trim() !== "" && value.length >= 16) return;
  throw ghlError(
    "invalid_request",
    `${name}: secret needs a header and a value of at least 16 characters; set the same header up in the app's settings.`,
    {},
  );
}

/** Whether a request has the secret. Digests are compared, so that the time says nothing about the value. */
export function hasSecret(request: Request, { header, value }: CallbackSecret): { readonly valid: boolean } {
  const given = request.headers.get(header) ?? "";
  // What is much longer is none, and is not worth a digest.
  return { valid: given.length < 4096 && sha256(given) === sha256(value) };
}
