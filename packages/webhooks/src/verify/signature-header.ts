import { headerValues, type HeadersLike } from "./raw-delivery.ts";
import { reject, type Rejection } from "./rejection.ts";

/** A signature as it was sent: bytes of the wrong length are for the key to refuse. */
export type SignatureHeader = { readonly valid: true; readonly signature: Uint8Array<ArrayBuffer> } | Rejection;

/** Base64 of an RSA-8192 signature. */
const longest = 1368;

/** Padded base64 with no unused bit set at the end: any other text would be a second spelling of the same bytes. */
const canonical = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

/** Reads a signature header, strictly: padded standard base64 and nothing beside it. `undefined` where there is none. */
export function readSignature(headers: HeadersLike, name: string): SignatureHeader | undefined {
  const values = headerValues(headers, name);
  const [value] = values;
  if (value === undefined) return undefined;
  if (values.length > 1 || value.includes(",")) return reject("signature_repeated");
  if (value === "") return reject("signature_missing");
  if (value === "N/A") return reject("signature_not_available");
  if (value.length > longest || !canonical.test(value)) return reject("signature_malformed");
  const text = atob(value);
  const signature = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) signature[at] = text.charCodeAt(at);
  return { valid: true, signature };
}
