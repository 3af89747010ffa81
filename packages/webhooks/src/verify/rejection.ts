/** Why a delivery was refused. */
export type RejectReason =
  /** A parsed object, or nothing, instead of bytes: see the message for the fix. */
  | "body_not_raw"
  | "body_empty"
  | "body_too_large"
  | "content_type"
  | "content_encoding"
  | "signature_missing"
  /** The header says `N/A`: the platform did not sign. */
  | "signature_not_available"
  | "signature_repeated"
  /** Not 64 bytes (Ed25519) or not the key's length (RSA) in base64. */
  | "signature_malformed"
  | "signature_wrong"
  /** Signed by the platform, for another app. */
  | "other_app"
  | "secret_missing"
  | "secret_wrong"
  | "address_not_allowed"
  | "not_json"
  | "too_deep"
  /** Older than the configured window. */
  | "too_old";

/** A delivery that was refused, and why. */
export interface Rejection {
  readonly valid: false;
  readonly reason: RejectReason;
  /** What it means and what to do. Never holds a part of the delivery. */
  readonly message: string;
}

const messages: Readonly<Record<RejectReason, string>> = {
  body_not_raw: "The body was parsed before it was checked.",
  body_empty: "The delivery has no body.",
  body_too_large: "The body is larger than maxBodyBytes allows.",
  content_type: "The content type is not JSON in UTF-8.",
  content_encoding: "The body is compressed: the signature is over the plain bytes, and the platform sends those.",
  signature_missing: "The delivery has no signature header: it is not from the platform, or a proxy removed the header.",
  signature_not_available: "The signature header says N/A: the platform did not sign this delivery.",
  signature_repeated: "The signature header is there more than once.",
  signature_malformed: "The signature is not base64 of the right length.",
  signature_wrong: "The signature does not fit the body: it was forged, or something on the way changed the bytes.",
  other_app: "The platform signed this for another app: its keys are the same for all apps.",
  secret_missing: "The header with the shared secret is missing.",
  secret_wrong: "The shared secret is wrong.",
  address_not_allowed: "The address of the sender is not on the list.",
  not_json: "The body is signed but is not a JSON object.",
  too_deep: "The body is nested deeper than maxDepth allows.",
  too_old: "The event is older than freshWithinMs allows.",
};

/** A refusal with the message of its reason. `more` is appended to the message. */
export function reject(reason: RejectReason, more = ""): Rejection {
  return { valid: false, reason, message: `${messages[reason]}${more}` };
}
