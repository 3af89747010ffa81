import { inspect } from "node:util";
import { fromFetch } from "@ghlkit/core";
import { describe, expect, test } from "vitest";
import { resolveApp } from "../../src/endpoint/oauth-app.ts";
import { createTokenEndpoint } from "../../src/endpoint/token-endpoint.ts";
import { createFakePlatform } from "../fake-platform.ts";
import { appOptions, endpointOf } from "../token-setup.ts";

describe.each(["v2", "v3"] as const)("dialect %s", (dialect) => {
  test("exchange and refresh", async () => {
    const platform = createFakePlatform();
    const endpoint = endpointOf(platform, { dialect });
    const pair = await endpoint.exchange(platform.code({ userType: "Location", locationId: "loc1", companyId: "com1", planId: "p1" }), {
      userType: "Location",
    });
    expect(pair).toMatchObject({
      principal: { app: "abc123-def", kind: "location", resource: "loc1" },
      companyId: "com1",
      scopes: ["contacts.readonly", "contacts.write"],
      extra: { planId: "p1", traceId: "t3" },
    });
    const fresh = await endpoint.refresh(pair);
    expect(fresh.refreshToken).not.toBe(pair.refreshToken);
    const [first, second] = platform.seen.map(({ headers, body }) => ({
      version: headers["version"],
      fields: [...new URLSearchParams(body).keys()].toSorted(),
    }));
    expect(first).toEqual(
      dialect === "v3"
        ? { version: "v3", fields: ["clientId", "clientSecret", "code", "grantType", "redirectUri", "userType"] }
        : { version: undefined, fields: ["client_id", "client_secret", "code", "grant_type", "redirect_uri", "user_type"] },
    );
    expect(second?.fields).toContain(dialect === "v3" ? "refreshToken" : "refresh_token");
  });
});

function answering(status: number, body: unknown) {
  const send = fromFetch(async () => Response.json(body, { status }));
  return createTokenEndpoint({ app: resolveApp(appOptions), send, now: () => 1_000, timeoutMs: 1_000 });
}

test("an answer without expires_in lives a day; odd fields do not cost the pair", async () => {
  const answer = {
    accessToken: "a",
    refreshToken: "r",
    expiresIn: null,
    tokenType: 7,
    scope: ["x", "y"],
    locationId: "l",
    userType: "Location",
  };
  const pair = await answering(200, answer).exchange("code");
  expect(pair).toMatchObject({ accessToken: "a", refreshToken: "r", expiresAt: 1_000 + 86_399_000, scopes: ["x", "y"] });
});

test.each([
  [400, { statusCode: 400, message: "Invalid grant: refresh token is invalid" }, "token_revoked"],
  [400, { error: "invalid_grant", error_description: "Invalid refresh token" }, "token_revoked"],
  [400, { statusCode: 400, message: "Location is not active" }, "resource_inactive"],
  [422, { statusCode: 422, message: ["grant_type should not be empty"], error: "Unprocessable Entity" }, "validation"],
  [429, { message: "Too Many Requests" }, "rate_burst"],
  [503, {}, "server"],
  [200, { refreshToken: "only-this-secret" }, "invalid_response"],
])("%s %j is %s, without a secret", async (status, body, code) => {
  const error: unknown = await answering(status, body)
    .exchange("code")
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code });
  expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toMatch(/app-secret|only-this-secret/);
});
