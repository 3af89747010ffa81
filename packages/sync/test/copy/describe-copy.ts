import { beforeEach, describe, expect, it } from "vitest";
import { Copy } from "../../src/copy/copy.ts";
import type { CopyEngine } from "../../src/copy/copy-engine.ts";
import { definitions } from "../../src/kinds/definitions.ts";
import type { Wire } from "../../src/kinds/kind.ts";
import type { SeenRecord, Source } from "../../src/record/judge-record.ts";
import { shapeRecord } from "../../src/record/record-shape.ts";

const key = { locationId: "loc", kind: "contacts" } as const;
const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();

function contact(wire: Wire, source: Source = "backfill", observedAt = 1000): SeenRecord {
  const shaped = shapeRecord(definitions.contacts, { id: "c1", dateAdded: day(1), dateUpdated: day(1), ...wire });
  if (shaped === undefined) throw new Error("no id");
  return { ...shaped, source, observedAt };
}

/** What every database of a copy has to do. `open` gives an empty one, and the same again to the second caller of one `at`. */
export function describeCopy(name: string, open: (at: string) => CopyEngine): void {
  describe(`a copy in ${name}`, () => {
    let engine: CopyEngine;
    let copy: Copy;
    let place = 0;

    beforeEach(async () => {
      place += 1;
      engine = open(`copy_${place}`);
      copy = new Copy(engine);
      await copy.ready();
    });

    const rows = async (sql: string): Promise<readonly Record<string, unknown>[]> =>
      (await engine.all(sql)) as readonly Record<string, unknown>[];
    const write = (...records: SeenRecord[]) => copy.write(key, { records });

    it("keeps records with typed columns, and everything else as it came", async () => {
      await write(contact({ firstName: "Ada", email: "ada@example.com", dnd: true, tags: ["a"], somethingNew: { deep: [1, "x"] } }));
      const [row] = await rows("select location_id, id, first_name, email, is_dnd, created_at, raw from $s.ghl_contacts");
      expect(row).toMatchObject({ location_id: "loc", id: "c1", first_name: "Ada", email: "ada@example.com", created_at: day(1) });
      expect(Boolean(row?.["is_dnd"])).toBe(true);
      const raw = row?.["raw"];
      expect(typeof raw === "string" ? JSON.parse(raw) : raw).toMatchObject({ somethingNew: { deep: [1, "x"] }, tags: ["a"] });
    });

    it("forgets records without a trace", async () => {
      await write(contact({ id: "c1" }), contact({ id: "c2" }));
      await copy.forget(key, ["c1", "c3"]);
      await copy.forget(key, []);
      expect(await rows("select id from $s.ghl_records")).toEqual([{ id: "c2" }]);
    });

    it("keeps a record once, however often a page shows it", async () => {
      const result = await write(contact({ firstName: "Ada" }), contact({ firstName: "Ada" }), contact({ id: "c2" }));
      expect(result).toMatchObject({ created: 2, updated: 0 });
      expect(await copy.count(key)).toBe(2);
    });

    it("keeps the newer of two states by the platform's clock, whichever comes first", async () => {
      await write(contact({ firstName: "New", dateUpdated: day(3) }));
      expect(await write(contact({ firstName: "Old", dateUpdated: day(2) }, "reconcile", 2000))).toMatchObject({
        updated: 0,
        unchanged: 1,
      });
      expect(await rows("select first_name from $s.ghl_contacts")).toEqual([{ first_name: "New" }]);
      expect(await write(contact({ firstName: "Newest", dateUpdated: day(4) }, "reconcile", 2000))).toMatchObject({ updated: 1 });
    });

    it("cannot decide between two states of one time by a list, and can by a read of the record", async () => {
      await write(contact({ firstName: "One" }));
      expect(await write(contact({ firstName: "Two" }, "reconcile", 2000))).toMatchObject({ doubtful: ["c1"], updated: 0 });
      expect(await write(contact({ firstName: "Two" }, "read", 3000))).toMatchObject({ updated: 1 });
    });

    it("adds the fields that only one of the platform's answers shows, and calls that no change", async () => {
      await write(contact({ firstName: "Ada", phoneLabel: "mobile" }));
      expect(await write(contact({ firstName: "Ada", visitorId: "v1" }, "read", 2000))).toMatchObject({ changes: [] });
      const kept = (await copy.records(key, ["c1"])).get("c1");
      expect(kept?.body).toMatchObject({ phoneLabel: "mobile", visitorId: "v1" });
    });

    it("keeps rows and checkpoint together, or neither, and takes none of who was overtaken", async () => {
      const late = await copy.takeUp("loc");
      const fence = await copy.takeUp("loc");
      const state = { generation: 1 };
      await expect(copy.write(key, { records: [contact({})], checkpoint: () => ({ state, fence: late }) })).rejects.toMatchObject({
        code: "aborted",
      });
      expect(await copy.count(key)).toBe(0);
      expect(await copy.state(key)).toBeUndefined();
      await copy.write(key, { records: [contact({})], checkpoint: () => ({ state, fence }) });
      expect(await copy.state(key)).toEqual(state);
      expect(await copy.count(key)).toBe(1);
    });

    it("keeps a tombstone that no list brings back, and a read of the record does", async () => {
      await write(contact({ firstName: "Ada" }));
      expect(await copy.delete(key, { id: "c1", at: 2000, observedAt: 2000 })).toMatchObject({
        change: "deleted",
        before: { firstName: "Ada" },
      });
      expect(await rows("select id from $s.ghl_contacts")).toEqual([]);
      expect(await write(contact({ firstName: "Ada" }, "reconcile", 3000))).toMatchObject({ doubtful: ["c1"], created: 0 });
      expect(await write(contact({ firstName: "Ada" }, "read", 1500))).toMatchObject({ created: 0 });
      expect(await write(contact({ firstName: "Ada" }, "read", 4000))).toMatchObject({ created: 1 });
      expect(await copy.count(key)).toBe(1);
    });

    it("does not take for gone what was read later than the answer that says so", async () => {
      await write(contact({}, "read", 5000));
      expect(await copy.delete(key, { id: "c1", at: 6000, observedAt: 4000 })).toBeUndefined();
      expect(await copy.count(key)).toBe(1);
    });

    it("keeps a value of another type, shows null in its column, and reports it", async () => {
      await write(contact({ email: 42 }), contact({ id: "c2", email: "b@example.com" }));
      expect(await rows("select id, email from $s.ghl_contacts order by id")).toEqual([
        { id: "c1", email: null },
        { id: "c2", email: "b@example.com" },
      ]);
      expect(await rows('select kind, id, "column", expected from $s.ghl_type_problems')).toEqual([
        { kind: "contacts", id: "c1", column: "email", expected: "text" },
      ]);
    });

    it("takes any text: NUL and halves of surrogate pairs become replacement characters", async () => {
      await write(contact({ firstName: "a\u0000b\ud800", notes: ["\u0000"] }));
      expect(await rows("select first_name from $s.ghl_contacts")).toEqual([{ first_name: "a\ufffdb\ufffd" }]);
    });

    it("knows what a reading of all did not come across", async () => {
      const seen = (id: string): SeenRecord => contact({ id }, "backfill", 1000);
      await copy.write(key, { records: [seen("a"), seen("b"), seen("c")], generation: 1 });
      await copy.write(key, { records: [seen("b")], generation: 2 });
      await copy.write(key, { records: [{ ...contact({ id: "d" }, "webhook", 6000) }] });
      const reading = { generation: 2, startedAt: 5000 };
      expect(await copy.missing(key, reading, 10)).toEqual(["a", "c"]);
      expect(await copy.countMissing(key, reading)).toBe(2);
      expect(await copy.countSeen(key, 2)).toBe(1);
    });

    it("puts two writers of one record in order", async () => {
      const names = Array.from({ length: 20 }, (_, at) => contact({ firstName: `Name ${at}` }, "read", 1000 + at));
      await Promise.all(names.toReversed().map((record) => write(record)));
      expect(await rows("select first_name from $s.ghl_contacts")).toEqual([{ first_name: "Name 19" }]);
    });

    it("opens again what is there, refuses tables of a newer version, and drops nothing", async () => {
      await write(contact({ firstName: "Ada" }));
      const again = open(`copy_${place}`);
      await new Copy(again).ready();
      expect(await again.all("select first_name from $s.ghl_contacts")).toEqual([{ first_name: "Ada" }]);
      await again.all("insert into $s.ghl_sync_schema (version) values (99)");
      await expect(new Copy(again).ready()).rejects.toThrow(/newer @ghlkit\/sync/);
      expect(await again.all("select id from $s.ghl_records")).toEqual([{ id: "c1" }]);
    });

    it("keeps five thousand records in one write", async () => {
      const result = await copy.write(key, {
        records: Array.from({ length: 5000 }, (_, at) => contact({ id: `c${at}`, firstName: `Name ${at}` })),
        generation: 1,
      });
      expect(result.created).toBe(5000);
      expect(await copy.count(key)).toBe(5000);
    });
  });
}
