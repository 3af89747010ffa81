import { describe, expect, it } from "vitest";
import { ghlError, isUnsentCall, unauthorisedCall } from "../src/index.ts";
import { context } from "./call.ts";

describe("unauthorisedCall", () => {
  it("keeps code and details of what failed, and says that the call was not sent", () => {
    const cause = ghlError("rate_burst", "too many", { retryAfterMs: 5_000, status: 429 }, { operation: "oauth.createToken", attempts: 3 });
    const error = unauthorisedCall(cause, context({ name: "POST /contacts/", attempt: 2 }));
    expect(error).toMatchObject({
      code: "rate_burst",
      retryAfterMs: 5_000,
      status: 429,
      sent: false,
      during: "authorisation",
      operation: "POST /contacts/",
      attempts: 1,
    });
    expect((error as Error).message).toBe("The call was not sent: too many");
  });

  it("makes no unknown outcome of a token request into one of the call", () => {
    expect(unauthorisedCall(ghlError("outcome_unknown", "lost", {}), context())).toMatchObject({ code: "network", sent: false });
  });

  it("leaves errors of others as they are", () => {
    const foreign = new RangeError("a bug");
    expect(unauthorisedCall(foreign, context())).toBe(foreign);
  });
});

describe("isUnsentCall", () => {
  it("tells what was refused before sending from what may have arrived", () => {
    expect(isUnsentCall(ghlError("network", "refused", { sent: false }))).toBe(true);
    expect(isUnsentCall(ghlError("network", "reset", { sent: true }))).toBe(false);
    expect(isUnsentCall(ghlError("server", "500", { status: 500 }))).toBe(false);
    expect(isUnsentCall(ghlError("network", "refused", { sent: false }), "authorisation")).toBe(false);
    expect(isUnsentCall(undefined)).toBe(false);
  });
});
