import { createAuthRoutes, oauth, type OAuthOptions } from "../../src/index.ts";
import { expect, test } from "vitest";
import { appOptions } from "../token-setup.ts";

const app: OAuthOptions = appOptions;

test.each(["timeoutMs", "refreshBeforeMs", "recheckMs", "leaseTtlMs"])("oauth refuses %s that is no number, or negative", (name) => {
  for (const value of [Number.NaN, -1, "5"])
    expect(() => oauth({ ...app, [name]: value })).toThrow(expect.objectContaining({ code: "invalid_request" }));
});

test("createAuthRoutes refuses ttlMs that is no number, or none", () => {
  const auth = oauth(app);
  for (const ttlMs of [Number.NaN, -1, 0])
    expect(() => createAuthRoutes({ auth, scopes: [], ttlMs })).toThrow(expect.objectContaining({ code: "invalid_request" }));
});
