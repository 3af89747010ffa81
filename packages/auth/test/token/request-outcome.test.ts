import { ghlError } from "@ghlkit/core";
import { expect, test } from "vitest";
import { mayHaveActed } from "../../src/token/request-outcome.ts";

const late = { timeoutMs: 1, scope: "attempt" } as const;

test.each([
  ["a connection that broke", ghlError("network", "reset", { sent: true }), true],
  ["a refused connection", ghlError("network", "refused", { sent: false }), false],
  ["a timeout", ghlError("timeout", "late", { ...late, sent: true }), true],
  ["a timeout in the queue", ghlError("timeout", "late", { ...late, sent: false }), false],
  ["an unknown outcome", ghlError("outcome_unknown", "lost", {}), true],
  ["a 2xx that cannot be read", ghlError("invalid_response", "html", { status: 200 }), true],
  ["an abort", ghlError("aborted", "left", {}), true],
  ["a failing layer of the app", ghlError("unexpected", "a bug", {}), true],
  ["an error of others", new TypeError("a bug"), true],
  ["a 502", ghlError("server", "bad gateway", { status: 502 }), true],
  ["a 504", ghlError("server", "gateway timeout", { status: 504 }), true],
  ["a 524", ghlError("server", "edge timeout", { status: 524 }), true],
  ["a 500", ghlError("server", "failed", { status: 500 }), false],
  ["a 503", ghlError("server", "away", { status: 503 }), false],
  ["a 429", ghlError("rate_burst", "slow down", { retryAfterMs: 1, status: 429 }), false],
  ["a 422", ghlError("validation", "wrong", { status: 422, fields: [] }), false],
  ["a full queue", ghlError("queue_full", "full", { depth: 1 }), false],
  ["an open circuit", ghlError("circuit_open", "open", { retryAfterMs: 1 }), false],
] as const)("whether the token endpoint may have acted after %s", (_what, error, may) => expect(mayHaveActed(error)).toBe(may));
