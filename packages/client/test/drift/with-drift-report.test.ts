import { operationTable } from "@ghlkit/contract";
import { createContext, readBody, type WireRequest } from "@ghlkit/core";
import { afterEach, expect, it, vi } from "vitest";
import { withDriftReport, type DriftEvent } from "../../src/drift.ts";

afterEach(() => vi.unstubAllGlobals());

const request: WireRequest = { method: "GET", url: "https://example.com/contacts/c", headers: {}, body: undefined };
const operation = operationTable.operation("contacts.get");

/** A contact with every field that is always there. */
const contact = { id: "c", locationId: "l", dateAdded: "d", dateUpdated: "d", tags: [], customFields: [], type: "lead" };
const traceId = "t";

/** Status of a call that is answered like this, with a listener. */
async function status(answer: Response, onEvent: (event: DriftEvent) => void): Promise<number> {
  const send = withDriftReport({ onEvent })(readBody(async () => answer));
  return (await send(request, createContext({ operation }))).status;
}

it("reports each answer that was compared, by one listener, and changes no call", async () => {
  const events: DriftEvent[] = [];
  const listen = (event: DriftEvent): void => void events.push(event);
  await status(Response.json({ contact, traceId }), listen);
  await status(Response.json({ contact: { ...contact, certainlyNew: 1 }, traceId }), listen);
  expect(await status(Response.json({}, { status: 404 }), listen)).toBe(404);
  expect(events.map(({ type, operation: id }) => [type, id])).toEqual([
    ["matches", "contacts.get"],
    ["differs", "contacts.get"],
  ]);
  expect(events[1]).toMatchObject({ status: 200, differences: [{ path: "contact.certainlyNew" }] });
});

it("reports what the listener throws as an uncaught error, and the call goes on", async () => {
  const reported: unknown[] = [];
  vi.stubGlobal("reportError", (error: unknown) => void reported.push(error));
  const broken = new Error("a broken listener");
  const listen = (): void => {
    throw broken;
  };
  expect(await status(Response.json({ contact, traceId }), listen)).toBe(200);
  expect(reported).toEqual([broken]);
});
