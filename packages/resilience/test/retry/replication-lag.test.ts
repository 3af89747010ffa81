import { operationTable } from "@ghlkit/contract";
import { createContext, readBody, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { withRetry, type RetryOptions } from "../../src/index.ts";
import { listening, request } from "../simulated-platform.ts";

const lagging = JSON.stringify({ statusCode: 400, message: "Contact not found", code: "CONVERSATIONS_CONTACT_NOT_FOUND" });

async function send(
  answers: readonly (readonly [number, string])[],
  { operation, options = {} }: { readonly operation?: string; readonly options?: RetryOptions } = {},
) {
  const clock = createManualClock();
  const start = clock.now();
  const times: number[] = [];
  const platform: Send = async () => {
    const [status, body] = answers[times.length] ?? [500, "an attempt too many"];
    times.push(clock.now() - start);
    return new Response(body, { status });
  };
  const { context } = listening(operation === undefined ? {} : { operation: operationTable.operation(operation) });
  const pending = withRetry({ clock, budget: false, ...options })(readBody(platform))({ ...request, method: "POST" }, context);
  await clock.advance(60_000);
  const { status } = await pending;
  return { status, times };
}

describe("a service that lags behind another", () => {
  test("is asked again, for a write too, until it knows", async () => {
    expect(await send([[400, lagging], [404, lagging], [201, "{}"]])).toEqual({ status: 201, times: [0, 1500, 4500] }); // prettier-ignore
  });

  test("is believed in the end", async () => {
    const { status, times } = await send([[400, lagging], [400, lagging], [400, lagging], [400, lagging]]); // prettier-ignore
    expect([status, times]).toEqual([400, [0, 1500, 4500, 9500]]);
  });

  test("is not any other refusal", async () => {
    expect(await send([[400, '{"message":"Contact not found"}']])).toEqual({ status: 400, times: [0] });
  });

  test.each([
    [404, '{"statusCode":404,"message":"Message with id m1 not found"}'],
    [401, '{"statusCode":401,"message":"Something about the message"}'],
    [403, '{"statusCode":403,"message":"Forbidden"}'],
    [400, '{"message":"No message found with id: m1","canonicalCode":"CONVERSATIONS_MSG_NOT_FOUND"}'],
  ])("may be the one that has the message whose status is reported: %i %s", async (status, body) => {
    const answers = [[status, body], [status, body], [200, "{}"]] as const; // prettier-ignore
    const operation = "conversations.updateMessageStatus";
    expect(await send(answers, { operation })).toEqual({ status: 200, times: [0, 1500, 4500] });
    expect(await send(answers, { operation: "contacts.update" })).toEqual({ status, times: [0] });
  });

  test.each([
    [401, '{"statusCode":401,"message":"Invalid JWT"}'],
    [401, '{"statusCode":401,"message":"The token is not authorized for this scope."}'],
    [403, '{"statusCode":403,"message":"The token does not have access to this location."}'],
    [401, '{"message":"You do not have access","canonicalCode":"CONVERSATIONS_MSG_PROVIDER_NO_ACCESS"}'],
    [422, '{"message":["status must be a valid enum value"]}'],
  ])("is not what refuses a token or a body: %i %s", async (status, body) => {
    expect(await send([[status, body]], { operation: "conversations.updateMessageStatus" })).toEqual({ status, times: [0] });
  });

  test("is waited for no longer than lagMs", async () => {
    const lag = [400, lagging] as const;
    expect((await send([lag, lag, lag], { options: { lagMs: 5_000 } })).times).toEqual([0, 1500, 4500]);
    expect((await send([lag], { options: { lagMs: 0 } })).times).toEqual([0]);
  });

  test("does not lag where the record is gone: by its words, or because this client deleted it", async () => {
    const deleted = JSON.stringify({ message: "Contact with id c-12345678 was deleted", code: "CONVERSATIONS_CONTACT_NOT_FOUND" });
    expect(await send([[400, deleted]])).toEqual({ status: 400, times: [0] });
    const clock = createManualClock();
    let sent = 0;
    const platform: Send = async ({ method }) => {
      sent += 1;
      return method === "DELETE" ? new Response("{}") : new Response(lagging, { status: 400 });
    };
    const call = withRetry({ clock })(readBody(platform));
    const deletion = createContext({ operation: operationTable.operation("contacts.delete") });
    await call({ ...request, method: "DELETE", url: "https://services.leadconnectorhq.com/contacts/c-1" }, deletion);
    const body = JSON.stringify({ type: "SMS", contactId: "c-1" });
    expect((await call({ ...request, method: "POST", body }, createContext())).status).toBe(400);
    expect(sent).toBe(2);
    // A text that only looks like JSON names no record.
    const text = call({ ...request, method: "POST", body: "{{contact.name}}" }, createContext());
    await clock.advance(60_000);
    expect((await text).status).toBe(400);
    sent = 2;
    // Another record, or the same id of another account, may lag.
    for (const [sentBody, principal] of [
      [JSON.stringify({ contactId: "c-2", message: "c-1 contacts" }), undefined],
      [body, { app: "a", kind: "location", resource: "other" }],
    ] as const) {
      const before = sent;
      const pending = call({ ...request, method: "POST", body: sentBody }, createContext({ principal }));
      await clock.advance(60_000);
      await pending;
      expect(sent - before).toBe(4);
    }
  });
});
