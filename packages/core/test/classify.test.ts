import type { Operation } from "@ghlkit/contract";
import { describe, expect, it } from "vitest";
import { classify, type GhlErrorCode } from "../src/index.ts";
import { context } from "./call.ts";

const operation = { id: "contacts.get", scopes: ["contacts.readonly"], tokens: ["location"], version: "v3" } as unknown as Operation;
const principal = { app: "private", kind: "location", resource: "loc1" } as const;

function classified(status: number, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof classify> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return classify(new Response(null, { status, headers }), text, context({ operation, principal }));
}

/** Status, body and the cause that a program can act on: platform facts of 401 to 500, texts as the platform writes them. */
const cases: readonly (readonly [number, unknown, GhlErrorCode])[] = [
  [401, { statusCode: 401, message: "Invalid JWT" }, "token_expired"],
  [401, { statusCode: 401, message: "Invalid token: access token is invalid", error: "Unauthorized" }, "token_expired"],
  [401, { message: "jwt expired" }, "token_expired"],
  [401, { statusCode: 401, message: "Invalid Private Integration token" }, "token_revoked"],
  [401, { statusCode: 401, message: "The token is not authorized for this scope." }, "scope_missing"],
  [401, { message: "This AuthClass is not yet supported" }, "token_kind"],
  [403, { message: "This AuthClass is not yet supported" }, "token_kind"],
  [401, { message: "This route is not yet supported by the IAM Service. Please update your IAM config." }, "route_unavailable"],
  [401, { message: "version header was not found." }, "version_rejected"],
  [401, { message: "version header is invalid" }, "version_rejected"],
  [401, { message: "Something new" }, "http"],
  [403, { statusCode: 403, message: "The token does not have access to this location." }, "resource_forbidden"],
  [404, { statusCode: 404, message: "Cannot GET /contactz" }, "route_unavailable"],
  [404, { error: { code: "RESOURCE_NOT_FOUND", message: "gone" } }, "not_found"],
  [400, { statusCode: 400, message: "Contact with id X not found" }, "not_found"],
  [400, { statusCode: 400, message: "Location is not active" }, "resource_inactive"],
  [403, { statusCode: 403, message: "Location is not active" }, "resource_inactive"],
  [400, { message: "API endpoint has been removed", error: "Bad Request", statusCode: 400 }, "route_unavailable"],
  [400, { statusCode: 400, message: "Invalid grant: refresh token is invalid" }, "token_revoked"],
  [400, { error: "invalid_grant", error_description: "used" }, "token_revoked"],
  [400, "no json at all", "bad_request"],
  [409, {}, "conflict"],
  [413, { status: 413, message: "too large" }, "payload_rejected"],
  [415, {}, "payload_rejected"],
  [422, { message: ["property locationId should not exist"], error: "Unprocessable Entity", statusCode: 422 }, "validation"],
  [500, { statusCode: 500, message: "boom" }, "server"],
  [502, "<html>".repeat(500), "server"],
  [418, {}, "http"],
];

describe("classify", () => {
  it.each(cases)("%i %j is %s", (status, body, code) => {
    expect(classified(status, body).code).toBe(code);
  });

  it("names what a scope error needs and that a new token does not help", () => {
    const error = classified(401, { message: "The token is not authorized for this scope.", traceId: "t-1" });
    expect(error).toMatchObject({ need: ["contacts.readonly"], traceId: "t-1", operation: "contacts.get", status: 401 });
    expect(error.message).toContain("contacts.readonly");
  });

  it("hands out the existing record of a duplicate", () => {
    const body = {
      statusCode: 400,
      message: "This location does not allow duplicated contacts.",
      meta: { contactId: "c1", matchingField: "email" },
    };
    expect(classified(400, body)).toMatchObject({ code: "duplicate", existingId: "c1", matchingField: "email" });
  });

  it("takes the fields of a 422 from its messages", () => {
    const error = classified(422, { message: ["property x should not exist", "email must be an email", "Nothing to see"] });
    expect(error).toMatchObject({ fields: [{ field: "x" }, { field: "email" }, { field: "" }] });
  });

  it("tells a burst from a day that is used up", () => {
    expect(classified(429, "", { "retry-after": "3" })).toMatchObject({ code: "rate_burst", retryAfterMs: 3000 });
    expect(classified(429, "", { "x-ratelimit-daily-remaining": "0" })).toMatchObject({ code: "rate_daily" });
  });

  it("bounds and redacts what it keeps of a page", () => {
    const error = classified(502, `<html>${"x".repeat(5000)} Bearer abc.def</html>`);
    expect(error.message.length).toBeLessThan(500);
    expect(error.body?.length).toBeLessThan(600);
  });
});
