import { classify, createContext } from "@ghlkit/core";
import { operationTable } from "@ghlkit/contract";
import { expect, test } from "vitest";
import { mayHaveHappened } from "../../src/index.ts";

const operation = operationTable.operation("conversations.sendMessage");

test.each([
  [400, { message: "x", canonicalCode: "CONVERSATIONS_MSG_DND_ACTIVE_SMS" }, false],
  [400, { message: "The slot you have selected is no longer available." }, false],
  [400, { message: "x", code: "OPPORTUNITY_NO_DUPLICATE" }, false],
  [401, { message: "Command timed out" }, true],
  [500, { message: "boom" }, true],
])("a write that ended with %i %j may have happened: %s", (status, body, expected) => {
  const error = classify(new Response(null, { status }), JSON.stringify(body), createContext({ operation }));
  expect(mayHaveHappened(error)).toBe(expected);
});
