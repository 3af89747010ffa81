import type { ForgeryKind } from "@ghlkit/webhooks/testing";

/** Why it must not be taken, and what to do. */
const acceptedFixes: Readonly<Record<Exclude<ForgeryKind, "genuine">, string>> = {
  unsigned: "Refuse what has no x-ghl-signature, or a word like N/A in it, before anything else looks at the body.",
  foreign: "Check x-ghl-signature with Ed25519 and the platform's key; never fall back to another header when it fails.",
  altered: "Check the signature over the bytes as they came in, not over JSON that was parsed and written again.",
  malformed_signature: "Take a signature only if it is standard Base64, with its padding, of exactly 64 bytes, and nothing around it.",
  repeated_signature: "Refuse a delivery whose signature header is there more than once: it is not defined which one counts.",
  other_app: "Give createMarketplaceSource the appId of your app: the platform signs the events of all apps with the same key.",
  not_json: "Accept only JSON objects in UTF-8, even when they are signed.",
  oversized: "Stop reading at a limit (1 MB is plenty), and check the signature over all bytes that were sent.",
};

export function fixOfAccepted(kind: ForgeryKind): string {
  return kind === "genuine" ? "" : acceptedFixes[kind];
}

/** What to do about a genuine delivery that was refused with this status. */
export function fixOfRejected(name: string, status: number): string {
  if (status === 0) return "The endpoint hung up without an answer: look into its log.";
  if (status === 404 || status === 405) return "Mount the endpoint at this path, for POST.";
  if (status === 413) return "Raise the limit for bodies to 1 MB, in front of the endpoint too (proxy, framework).";
  if (status === 415) return "Take JSON whatever the content type calls it, or if there is none.";
  if (status === 429)
    return "The endpoint asks for it again: its answer and its log say why (a store that fails, or a body parser in front of a ghlkit receiver).";
  if (status >= 500)
    return "The endpoint failed: its log says why. A body parser in front of it is the usual reason: the endpoint needs the raw bytes.";
  if (status === 403) return "Give doctor the id of your app with --app, if the endpoint knows another.";
  return namedFixes[name] ?? "Check the signature over the raw bytes: mount the endpoint before any body parser, and decode nothing.";
}

const namedFixes: Readonly<Record<string, string>> = {
  "without an app": "Take events without appId: some of the platform's have none.",
  "without an id": "Take events without webhookId; detect duplicates by a hash of the bytes.",
  "of an unknown type": "Answer 200 to types that you do not know: the platform adds some, and would send them again.",
  "from the year 2020": "Do not refuse by age: retries and resends come hours and days later. Detect replays by their id.",
  "sent twice": "Answer 200 to a delivery that is known already, or the platform goes on sending it.",
};
