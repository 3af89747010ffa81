import type { SetupCheck } from "../setup-check.ts";
import type { TokenResult } from "./check-token.ts";

/** A `Date` header has whole seconds, and an answer takes its time. */
const mostSkewMs = 30_000;

/** Compares the machine's clock with the `Date` of an answer. */
export function checkClock({ headers, sentAt, receivedAt }: NonNullable<TokenResult["answer"]>): SetupCheck {
  const theirs = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(theirs)) return { name: "clock", verdict: "info", detail: "The answer has no Date to compare with." };
  const skewMs = theirs - (sentAt + receivedAt) / 2;
  const detail = `The machine's clock is ${Math.abs(Math.round(skewMs / 1000))} s ${skewMs > 0 ? "behind" : "ahead of"} HighLevel's.`;
  if (Math.abs(skewMs) <= mostSkewMs) return { name: "clock", verdict: "ok", detail };
  return {
    name: "clock",
    verdict: "failed",
    detail,
    action: "Synchronise it (NTP): lives of tokens, the age of webhooks and the reset of the daily quota are judged by it.",
  };
}
