import { isGhlError, type GhlErrorCode } from "@ghlkit/core";
import { refusedRequest } from "../run/refused-request.ts";

/** What an error of a step means for the run. */
export type RowFailure =
  /** This row alone is refused. */
  | { readonly kind: "row"; readonly detail: string }
  /** The call may have had its effect, or the platform failed: the row is tried again, so often. */
  | { readonly kind: "retry"; readonly detail: string; readonly mayHaveHappened: boolean }
  /** All rows would fail: wait. */
  | { readonly kind: "wait"; readonly waitingFor: "window" | "platform"; readonly waitMs: number }
  | { readonly kind: "day"; readonly resetsAt: number | undefined }
  /** The run ends. */
  | { readonly kind: "end" };

/** Failures of which it is not certain that the write did not happen. */
const perhapsDone: ReadonlySet<GhlErrorCode> = new Set(["server", "network", "timeout", "outcome_unknown", "invalid_response"]);

/** Judges what a step threw. */
export function judgeFailure(error: unknown): RowFailure {
  if (!isGhlError(error)) return { kind: "end" };
  const detail = `${error.code}: ${error.message}`;
  if (refusedRequest.has(error.code) || error.code === "http") return { kind: "row", detail };
  if (error.code === "rate_daily") return { kind: "day", resetsAt: error.resetsAt };
  if (error.code === "rate_burst") return { kind: "wait", waitingFor: "window", waitMs: error.retryAfterMs ?? 10_000 };
  if (error.code === "queue_full") return { kind: "wait", waitingFor: "window", waitMs: 10_000 };
  if (error.code === "circuit_open") return { kind: "wait", waitingFor: "platform", waitMs: Math.max(1000, error.retryAfterMs) };
  if (isGhlError(error, "network") && !error.sent) return { kind: "wait", waitingFor: "platform", waitMs: 10_000 };
  if (error.code === "in_progress") return { kind: "wait", waitingFor: "platform", waitMs: Math.max(1000, error.leaseMs) };
  if (perhapsDone.has(error.code)) return { kind: "retry", detail, mayHaveHappened: error.code !== "timeout" || error.sent };
  return { kind: "end" };
}
