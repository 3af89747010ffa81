import { createManualClock } from "@ghlkit/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeInOrder } from "../../src/contacts/merge-in-order.ts";
import { timeline, type TimelineEntry } from "../../src/contacts/index.ts";
import { locationOnEmulator } from "../location-on-emulator.ts";

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const payment = { _id: "txn", contactId: "c", amount: 10, createdAt: "2026-10-05T09:00:00.000Z" };

async function setUp() {
  const clock = createManualClock(Date.parse("2026-10-05T10:00:00Z"));
  const setting = locationOnEmulator({ clock }, ({ url }, answer) =>
    url.includes("/payments/transactions") ? Response.json({ data: [payment], totalCount: 1 }) : answer,
  );
  const { location, emulator } = setting;
  const { contact } = await location.contacts.create({ body: { email: "ada@example.com", phone: "+12025550143" } });
  const contactId = contact.id;
  const send = async (message: string): Promise<void> => {
    await clock.advance(60_000);
    await location.conversations.sendMessage({ body: { type: "SMS", contactId, message } });
  };
  for (let index = 0; index < 105; index += 1) await send(`message ${index}`);
  await clock.advance(30_000);
  await location.contacts.createNote({ contactId, body: { body: "called" } });
  await send("last");
  await location.contacts.createTask({ contactId, body: { title: "Call", dueDate: "2026-10-07T12:00:00Z", completed: false } });
  const { pipelineId } = emulator.seed;
  await clock.advance(60_000);
  await location.opportunities.create({ body: { pipelineId, contactId, name: "Deal", status: "won" } });
  return { ...setting, contactId };
}

const kindsOf = (entries: readonly TimelineEntry[]): string => entries.map(({ kind }) => kind).join(" ");

describe("timeline", () => {
  it("merges all kinds in order, every page of messages included", async () => {
    const { location, contactId } = await setUp();
    const entries = await all(timeline(location, contactId));
    expect(kindsOf(entries.slice(0, 4))).toBe("task deal message note");
    expect(entries.filter(({ kind }) => kind === "message")).toHaveLength(106);
    expect(entries.at(-1)).toMatchObject({ kind: "payment", at: payment.createdAt, payment });
    const times = entries.map(({ at }) => at ?? "");
    expect(times).toEqual(times.toSorted().reverse());
    expect(await all(timeline(location, contactId, { first: "oldest" }))).toHaveLength(entries.length);
    expect(kindsOf(await all(timeline(location, contactId, { first: "oldest", kinds: ["payment", "deal"] })))).toBe("payment deal");
  });

  it("reads no more pages of messages than the loop takes", async () => {
    const { location, contactId, called } = await setUp();
    called();
    for await (const entry of timeline(location, contactId, { kinds: ["message", "note"] })) if (entry.kind === "note") break;
    expect(called().toSorted()).toEqual(["contacts.listNotes", "conversations.listMessages", "conversations.search"]);
  });

  it("needs the services of its kinds alone", async () => {
    const { location, contactId } = await setUp();
    const { contacts } = location;
    expect(await all(timeline({ contacts }, contactId, { kinds: ["note", "task"] }))).toHaveLength(2);
    await expect(all(timeline({ contacts }, contactId))).rejects.toMatchObject({ code: "invalid_request" });
  });
});

describe("mergeInOrder", () => {
  it("gives every item once, in order", async () => {
    const lists = fc.array(fc.array(fc.integer()).map((list) => list.toSorted((a, b) => a - b)));
    await fc.assert(
      fc.asyncProperty(lists, async (sources) => {
        const streams = sources.map(async function* (list) {
          yield* list;
        });
        const merged = await all(mergeInOrder(streams, (a, b) => a - b));
        expect(merged).toEqual(sources.flat().toSorted((a, b) => a - b));
      }),
    );
  });
});
