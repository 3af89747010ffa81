import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { repairGap, repairGaps, type ChangedRecord, type Reader } from "../../src/index.ts";
import { engines, type Inboxes, type TimedInbox } from "./inboxes.ts";

const since = 1_000_000;
const record = (id: string, createdAt: number, changedAt = createdAt, more = {}): ChangedRecord => ({ id, createdAt, changedAt, fields: { id, ...more } }); // prettier-ignore

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  yield* items;
}

const reader: Reader = {
  changed: (kind) =>
    each(
      {
        contact: [record("new", since + 5), record("old", 5, since + 6)],
        opportunity: [record("o-1", since + 7)],
        message: [record("m-1", since + 8, since + 8, { direction: "inbound", conversationId: "conv-1" })],
      }[kind],
    ),
  ids: (kind) => each(kind === "contact" ? ["new", "old"] : ["o-1", "o-2"]),
};

describe.each(Object.entries(engines))("repairGap, on %s", (_name, open) => {
  let inboxes: Inboxes | undefined;
  beforeAll(async () => void (inboxes = await open()), 60_000);
  afterAll(() => inboxes?.close());
  const make = async (): Promise<TimedInbox> => {
    if (inboxes === undefined) throw new Error("the engine did not start");
    return inboxes.make();
  };

  it("tells what changed as the platform would have, once however often it is run", async () => {
    const { inbox } = await make();
    const options = { inbox, reader, locations: ["loc-1"], since, overlapMs: 0 };
    expect(await repairGap(options)).toEqual({ read: 4, created: 3, updated: 1, deleted: 0 });
    expect(await repairGap(options)).toEqual({ read: 4, created: 0, updated: 0, deleted: 0 });
    const { deliveries } = await inbox.query();
    expect(
      deliveries
        .map(({ type, entity, occurredAt, synthetic, resource }) => [type, entity, occurredAt - since, synthetic, resource].join(" "))
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual([
      "ContactCreate contact:new 5 true loc-1",
      "ContactUpdate contact:old 6 true loc-1",
      "InboundMessage conversation:conv-1 8 true loc-1",
      "OpportunityCreate opportunity:o-1 7 true loc-1",
    ]);
  });

  it("does not tell again what came in just before, and is not misled by notes and tasks of a contact", async () => {
    const { inbox } = await make();
    const put = (id: string, change: Parameters<typeof sampleDelivery>[1]): Promise<string> =>
      inbox.insert(sampleDelivery(id, { resource: "loc-1", ...change }));
    const body = new TextEncoder().encode('{"type":"InboundMessage","messageId":"m-1","conversationId":"conv-1"}');
    await put("w-1", { type: "InboundMessage", entity: "conversation:conv-1", occurredAt: since + 8, body });
    await put("w-2", { type: "OpportunityCreate", entity: "opportunity:o-1", occurredAt: since + 7 });
    // After the contact's own change, which nobody has heard of.
    await put("w-3", { type: "NoteCreate", entity: "contact:new", occurredAt: since + 60 });
    await put("w-4", { type: "TaskComplete", entity: "contact:old", occurredAt: since + 60 });
    expect(await repairGap({ inbox, reader, locations: ["loc-1"], since, overlapMs: 0 })).toEqual({ read: 4, created: 1, updated: 1, deleted: 0 }); // prettier-ignore
    const { deliveries } = await inbox.query();
    expect(deliveries.filter(({ synthetic }) => synthetic).map(({ type, entity }) => `${type} ${entity}`).toSorted()).toEqual(["ContactCreate contact:new", "ContactUpdate contact:old"]); // prettier-ignore
  });

  it("finds what was deleted among what is known", async () => {
    const { inbox } = await make();
    const known = (kind: "contact" | "opportunity"): readonly string[] => (kind === "contact" ? ["old", "gone"] : ["o-2"]);
    const report = await repairGap({ inbox, reader, locations: ["loc-1"], since, known, kinds: ["contact", "opportunity"] });
    expect(report.deleted).toBe(1);
    expect((await inbox.query({ type: "ContactDelete" })).deliveries.map(({ entity }) => entity)).toEqual(["contact:gone"]);
  });

  it("tells of a deletion once, and not when the platform had told of it", async () => {
    const { inbox, clock, pass } = await make();
    const known = (kind: "contact" | "opportunity"): readonly string[] => (kind === "contact" ? ["gone", "told"] : []);
    await inbox.insert(sampleDelivery("w-1", { type: "ContactDelete", entity: "contact:told" }));
    const deleted: number[] = [];
    for (let run = 0; run < 2; run += 1) {
      await pass(1000);
      deleted.push((await repairGap({ inbox, reader, locations: ["loc-1"], since, known, kinds: ["contact"], clock })).deleted);
    }
    expect(deleted).toEqual([1, 0]);
  });

  it("closes the gaps that it has repaired, and no other", async () => {
    const { inbox, clock, pass } = await make();
    await inbox.beat({ gapAfterMs: 1000 });
    await pass(5000);
    await inbox.beat({ gapAfterMs: 1000 });
    const broken: Reader = { ...reader, changed: () => { throw new Error("no scope"); } }; // prettier-ignore
    await expect(repairGaps({ inbox, reader: broken, locations: ["loc-1"] })).rejects.toThrow("no scope");
    expect((await inbox.gaps()).length).toBe(1);
    expect((await repairGaps({ inbox, reader, locations: ["loc-1"], clock })).length).toBe(1);
    expect(await inbox.gaps()).toEqual([]);
  });
});
