import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { networkError } from "../src/index.ts";
import { context } from "./call.ts";

const url = "http://127.0.0.1:39999/contacts/?query=jane@example.com&limit=1";

function failure(message: string, fields: object = {}, cause?: unknown): Error {
  return Object.assign(new TypeError(message, cause === undefined ? undefined : { cause }), fields);
}

const fetchFailed = (cause: Error): Error => failure("fetch failed", {}, cause);

/** As each runtime threw them, recorded with the versions that the runtime matrix runs. */
const recorded: readonly (readonly [runtime: string, what: string, error: Error, sent: boolean])[] = [
  ["Node.js 24", "refused", fetchFailed(failure("connect ECONNREFUSED 127.0.0.1:39999", { code: "ECONNREFUSED", syscall: "connect" })), false],
  ["Node.js 24", "no such host", fetchFailed(failure("getaddrinfo ENOTFOUND nope.invalid", { code: "ENOTFOUND", syscall: "getaddrinfo" })), false],
  ["Node.js 24", "no answer to a connect", fetchFailed(failure("connect ETIMEDOUT 10.0.0.1:443", { code: "ETIMEDOUT", syscall: "connect" })), false],
  ["Node.js 24", "slow connect", fetchFailed(failure("Connect Timeout Error", { code: "UND_ERR_CONNECT_TIMEOUT" })), false],
  ["Node.js 24", "refused port", fetchFailed(failure("bad port")), false],
  ["Node.js 24", "own certificate", fetchFailed(failure("self-signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" })), false],
  ["Node.js 24", "reset", fetchFailed(failure("read ECONNRESET", { code: "ECONNRESET", syscall: "read" })), true],
  ["Node.js 24", "read timeout", fetchFailed(failure("read ETIMEDOUT", { code: "ETIMEDOUT", syscall: "read" })), true],
  ["Node.js 24", "closed", fetchFailed(failure("other side closed", { code: "UND_ERR_SOCKET" })), true],
  ["Bun 1.4", "refused", failure("ECONNREFUSED: Unable to connect. Is the computer able to access the url?", { code: "ECONNREFUSED", path: url, errno: 0 }), false],
  ["Bun 1.4", "no such host", failure("getaddrinfo ENOTFOUND nope.invalid", { code: "ENOTFOUND", path: url, syscall: "getaddrinfo" }), false],
  ["Bun 1.4", "reset", failure("ECONNRESET: The socket connection was closed unexpectedly.", { code: "ECONNRESET", path: url, errno: 0 }), true],
  ["Deno 2.9", "refused", fetchFailed(failure(`error sending request for url (${url}): client error (Connect): tcp connect error: Connection refused (os error 111)`)), false],
  ["Deno 2.9", "no such host", fetchFailed(failure(`error sending request for url (${url}): client error (Connect): dns error: failed to lookup address information: Name or service not known`)), false],
  ["Deno 2.9", "refused port", failure("Fetch failed: Requests to port 1 are blocked"), false],
  ["Deno 2.9", "reset", fetchFailed(failure("Connection reset by peer (os error 104)")), true],
  ["Deno 2.9", "closed", fetchFailed(failure(`error sending request from 127.0.0.1:42588 for ${url} (127.0.0.1:36485): client error (SendRequest): connection closed before message completed`)), true],
  ["workerd", "refused, or reset: the same words", failure("Network connection lost.", { remote: true, retryable: true }), true],
  ["workerd", "no such host", failure("internal error; reference = o8gfnrbj84qqlpttv6ok1qmn", { remote: true }), true],
]; // prettier-ignore

describe("the failures of each runtime", () => {
  it.each(recorded)("%s, %s", (_runtime, _what, cause, sent) => {
    const error = networkError(cause, context());
    expect(error).toMatchObject({ code: "network", sent });
    for (const text of [error.message, JSON.stringify(error), inspect(error, { depth: 10 })]) {
      expect(text).not.toContain("jane@example.com");
    }
  });

  it("were not sent only when every address that was tried says so", () => {
    const refused = Object.assign(new Error("x"), { syscall: "connect" });
    const reset = Object.assign(new Error("x"), { syscall: "read" });
    const sent = (...errors: Error[]): boolean => networkError(fetchFailed(new AggregateError(errors)), context()).sent;
    expect([sent(refused, refused), sent(refused, reset)]).toEqual([false, true]);
  });

  it("keep their cause as it came when there is nothing to take off", () => {
    const cause = fetchFailed(failure("read ECONNRESET", { code: "ECONNRESET" }));
    expect(networkError(cause, context()).cause).toBe(cause);
  });
});
