import type { Forgery, ForgeryKind } from "@ghlkit/webhooks/testing";
import type { PostAnswer } from "../post-delivery.ts";
import { fixOfAccepted, fixOfRejected } from "./fixes.ts";

/**
 * `right`; `accepted`: a forged one got in; `rejected`: a genuine one did not; `unclear`: a forged one was not taken, with an
 * answer that says that the endpoint failed (5xx), is busy (429) or is elsewhere (3xx).
 */
export type Outcome = "right" | "accepted" | "rejected" | "unclear";

/** What the endpoint made of one delivery. */
export interface Finding {
  readonly name: string;
  readonly kind: ForgeryKind;
  readonly genuine: boolean;
  /** 0: it hung up. */
  readonly status: number;
  readonly outcome: Outcome;
  /** Why, where the endpoint answers as ghlkit's does: `{ "reason": "…" }`. */
  readonly reason?: string;
  /** What to do. Absent when it was right. */
  readonly fix?: string;
}

export function judge({ name, kind, genuine }: Forgery, { status, text }: PostAnswer): Finding {
  const outcome = outcomeOf(genuine, status);
  const reason = reasonOf(text);
  const why = reason === undefined ? {} : { reason };
  return { name, kind, genuine, status, outcome, ...why, ...(outcome !== "right" && { fix: fixOf(outcome, { name, kind, status }) }) };
}

function reasonOf(text: string): string | undefined {
  return /"reason":\s*"([a-z_]{1,40})"/.exec(text)?.[1];
}

function outcomeOf(genuine: boolean, status: number): Outcome {
  const taken = status >= 200 && status < 300;
  if (genuine) return taken ? "right" : "rejected";
  if (taken) return "accepted";
  return status === 0 || (status >= 400 && status < 500 && status !== 429) ? "right" : "unclear";
}

function fixOf(outcome: Outcome, { name, kind, status }: Pick<Finding, "name" | "kind" | "status">): string {
  if (outcome === "accepted") return fixOfAccepted(kind);
  if (outcome === "rejected") return fixOfRejected(name, status);
  return "Refuse it with 401 or 400: other answers look like a failure, and ask for it again.";
}

/** Whether the endpoint knows the key that signed: it took at least one genuine delivery. */
export function trustsKey(findings: readonly Finding[]): boolean {
  return findings.some(({ genuine, outcome }) => genuine && outcome === "right");
}
