import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { classify, ghlError, GhlErrorBase, isGhlError } from "../src/index.ts";
import { context } from "./call.ts";

describe("GhlError", () => {
  it("narrows by code", () => {
    const error: unknown = ghlError("duplicate", "x", { status: 400, existingId: "c1", matchingField: "email" });
    if (!isGhlError(error)) throw new Error("not recognised");
    switch (error.code) {
      case "duplicate":
        expect(error.existingId).toBe("c1");
        break;
      default:
        throw new Error("wrong code");
    }
  });

  it("is recognised across copies of the package, and by code", () => {
    const foreign = Object.assign(new Error("x"), { code: "network", [Symbol.for("ghlkit.error")]: true });
    expect(isGhlError(foreign)).toBe(true);
    expect(isGhlError(foreign, "network")).toBe(true);
    expect(isGhlError(foreign, "timeout")).toBe(false);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(isGhlError(proxy)).toBe(false);
    expect(isGhlError(Object.assign(new Error("x"), { name: "GhlError", code: "network" }))).toBe(false);
  });

  it("is an Error with its cause and name", () => {
    const cause = new Error("socket");
    const error = ghlError("network", "lost", { sent: true }, { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(GhlErrorBase);
    expect(error.cause).toBe(cause);
    expect(error.name).toBe("GhlError");
  });

  it("shows no secret in JSON, inspect or message", () => {
    const token = ["pit", "11111111-2222-3333-4444-555555555555"].join("-");
    const jwt = `${["eyJhbGciOi", "JIUzI1NiJ9"].join("")}.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`;
    const body = JSON.stringify({
      message: `bad ${token}`,
      access_token: "abc123secret",
      refreshToken: "def456secret",
      seen: `Bearer ${jwt}`,
    });
    const error = classify(new Response(null, { status: 400 }), body, context());
    for (const text of [JSON.stringify(error), inspect(error, { depth: 9 }), error.message, String(error)]) {
      for (const secret of [token, jwt, "abc123secret", "def456secret"]) expect(text).not.toContain(secret);
    }
  });
});
