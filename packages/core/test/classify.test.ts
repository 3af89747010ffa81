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
  [404, "<html><body>404 Not Found</body></html>", "http"],
  [403, "\n<!DOCTYPE html><title>Attention Required!</title>", "http"],
  [401, "<HTML>Log in</HTML>", "http"],
  [400, "<?xml version='1.0'?><Error/>", "http"],
  [413, "<html>413 Request Entity Too Large</html>", "payload_rejected"],
  [429, "<html>Error 1015</html>", "rate_burst"],
  [404, { error: { code: "RESOURCE_NOT_FOUND", message: "gone" } }, "not_found"],
  [400, { statusCode: 400, message: "Contact with id X not found" }, "not_found"],
  [400, { statusCode: 400, message: "Location is not active" }, "resource_inactive"],
  [403, { statusCode: 403, message: "Location is not active" }, "resource_inactive"],
  [400, { message: "API endpoint has been removed", error: "Bad Request", statusCode: 400 }, "route_unavailable"],
  [400, { statusCode: 400, message: "Invalid grant: refresh token is invalid" }, "token_revoked"],
  [400, { error: "invalid_grant", error_description: "used" }, "token_revoked"],
  [400, "no json at all", "bad_request"],
  [
    400,
    { statusCode: 400, code: "OPPORTUNITY_NO_DUPLICATE", message: "Can not create duplicate opportunity for the contact." },
    "duplicate",
  ],
  [400, { message: "x", canonicalCode: "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS", conversationId: "v1" }, "duplicate"],
  [400, { message: "Could not create relation: duplicate relation of object Ids for given association 1" }, "duplicate"],
  [409, { message: "Tag already exists" }, "duplicate"],
  [422, { message: ["email already exists"], statusCode: 422 }, "validation"],
  [400, { message: "Contact is invalid", meta: { contactId: "c1" } }, "bad_request"],
  [400, { message: "Cannot send message as DND is active for Email.", canonicalCode: "CONVERSATIONS_MSG_DND_ACTIVE_EMAIL" }, "opted_out"],
  [400, { message: "Cannot send message as +1555 has unsubscribed", canonicalCode: "CONVERSATIONS_MSG_UNSUBSCRIBED_SMS" }, "opted_out"],
  [400, { message: "no", code: "CONVERSATIONS_MSG_UNSUBSCRIBED" }, "opted_out"],
  [422, { message: "There is no message or attachments", canonicalCode: "CONVERSATIONS_MSG_NO_CONTENT" }, "validation"],
  [400, { message: "The slot you have selected is no longer available." }, "slot_taken"],
  [401, { statusCode: 401, message: "Command timed out" }, "server"],
  [400, { message: "Command timed out" }, "server"],
  [429, { message: "Command timed out" }, "rate_burst"],
  [
    401,
    { message: "You don't have access to the conversationProvider", canonicalCode: "CONVERSATIONS_MSG_PROVIDER_NO_ACCESS" },
    "resource_forbidden",
  ],
  [400, { statusCode: 422, message: ["email must be an email"], error: "Unprocessable Entity" }, "validation"],
  [400, { message: "No message found with id: m1", canonicalCode: "CONVERSATIONS_MSG_NOT_FOUND" }, "not_found"],
  [400, { message: "Transcription does not exist", canonicalCode: "CONVERSATIONS_RECORDING_NOT_FOUND" }, "not_found"],
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

  it.each([
    [{ code: "OPPORTUNITY_NO_DUPLICATE", message: "x", meta: { existingId: "o1" } }, "o1", "OPPORTUNITY_NO_DUPLICATE"],
    [
      { canonicalCode: "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS", message: "x", conversationId: "v1" },
      "v1",
      "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS",
    ],
    [{ code: "OPPORTUNITY_NO_DUPLICATE", message: "x", meta: { contactId: "c1", opportunityId: "o2" } }, "o2", "OPPORTUNITY_NO_DUPLICATE"],
    [{ code: "OPPORTUNITY_NO_DUPLICATE", message: "x", meta: { contactId: "c1" } }, undefined, "OPPORTUNITY_NO_DUPLICATE"],
    [{ errors: [{ code: "CONTACT_DUPLICATE", message: "x", contactId: "c3" }] }, "c3", "CONTACT_DUPLICATE"],
    [{ error: { code: "RELATION_DUPLICATE", message: "x" } }, undefined, "RELATION_DUPLICATE"],
  ])("%j exists already as %s", (body, existingId, platformCode) =>
    expect(classified(400, body)).toMatchObject({ code: "duplicate", existingId, platformCode }),
  );

  it.each([
    [{ canonicalCode: "CONVERSATIONS_MSG_DND_ACTIVE_SMS", message: "x" }, "dnd", "sms"],
    [{ message: "Cannot send message as DND is active for Email." }, "dnd", "email"],
    [{ canonicalCode: "CONVERSATIONS_MSG_UNSUBSCRIBED", message: "x" }, "unsubscribed", undefined],
  ])("%j opted out: %s, %s", (body, reason, channel) =>
    expect(classified(400, body)).toMatchObject({ code: "opted_out", reason, channel, status: 400 }),
  );

  it("has the platform's code and a page on every error", () => {
    const error = classified(400, { message: "no", code: "COMMON_LOCATION_ID_UNDEFINED" });
    expect(error).toMatchObject({
      platformCode: "COMMON_LOCATION_ID_UNDEFINED",
      docs: expect.stringMatching(/docs\/errors\.md#bad_request$/),
    });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ platformCode: "COMMON_LOCATION_ID_UNDEFINED" });
  });

  it("gives the holder of a private token advice that can be followed", () => {
    expect(classified(401, { message: "Invalid JWT" }).message).toMatch(/rotate/);
    expect(classified(401, { message: "Invalid JWT" }).message).not.toMatch(/refresh/i);
  });

  it("shows no query of a redirect", () => {
    expect(classified(302, "", { location: "https://other.example/x?email=ada@example.com" }).message).not.toContain("ada");
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
