import { describe, expect, it } from "vitest";
import { offsetPages } from "../src/kinds/offset-pages.ts";
import { conversations } from "../src/kinds/conversations.ts";
import type { Wire } from "../src/kinds/kind.ts";
import { messages } from "../src/kinds/messages.ts";
import { differences } from "./copy-and-platform.ts";
import type { Sync, SyncClient, SyncLocation } from "../src/index.ts";
import { addContacts, syncOnEmulator, withReceiver, type SyncOnEmulator } from "./sync-on-emulator.ts";

/** The same copy by a process that notes each call. */
function syncOnEmulatorCrash({ again, ghl }: SyncOnEmulator, onCall: () => unknown): Sync {
  const location: SyncClient["location"] = (id) => {
    const bound = ghl.location(id);
    const withCalls = (one: SyncLocation): SyncLocation => ({
      ...one,
      with: (options) => withCalls(one.with(options)) as ReturnType<SyncLocation["with"]>,
      contacts: { ...one.contacts, search: (...args) => (onCall(), one.contacts.search(...args)) } as SyncLocation["contacts"],
    });
    return withCalls(bound);
  };
  return again({ ghl: { location } });
}

const contacts = { kinds: ["contacts"] as const };

describe("a list that is not complete", () => {
  it("takes nothing for deleted when a page is empty that should not be", async () => {
    let isEmpty = false;
    const world = syncOnEmulator({
      ...contacts,
      change: async (request, answer) => {
        if (!isEmpty || !request.url.endsWith("/contacts/search")) return answer;
        return Response.json({ ...((await answer.json()) as object), contacts: [] });
      },
    });
    await addContacts(world, 3);
    await world.sync.catchUp();
    isEmpty = true;
    await expect(world.sync.reconcile()).rejects.toMatchObject({
      code: "invalid_response",
      message: expect.stringContaining("0 of 3") as string,
    });
    expect(await world.rows("select count(*) as n from ghl_contacts")).toEqual([{ n: 3 }]);
    isEmpty = false;
    expect((await world.sync.reconcile())[0]).toMatchObject({ outcome: "done", deleted: 0 });
  });

  it("goes on at the page that failed, says so meanwhile, and other kinds go on", async () => {
    const world = syncOnEmulator({ kinds: ["contacts", "opportunities"] });
    const { emulator, sync, events } = world;
    await addContacts(world, 3);
    emulator.faults.add({ operation: "contacts.search", kind: "error", status: 500 });
    const [ofContacts, ofOpportunities] = await sync.catchUp();
    expect(ofContacts).toMatchObject({ phase: "waiting", problem: { message: expect.stringContaining("500") as string } });
    expect(ofOpportunities).toMatchObject({ phase: "live" });
    expect(events.find(({ type }) => type === "failed")).toMatchObject({ kind: "contacts", retryInMs: 5000 });
    emulator.clock.advance(5000);
    await sync.catchUp();
    emulator.faults.clear();
    emulator.clock.advance(5000);
    expect((await sync.catchUp())[0]).toHaveProperty("problem");
    emulator.clock.advance(5000);
    expect((await sync.catchUp())[0]).not.toHaveProperty("problem");
    expect(events.at(-1)).toMatchObject({ type: "recovered", kind: "contacts" });
    expect(await differences(world, contacts.kinds)).toEqual([]);
  });

  it("holds deletions when there are too many, until a person confirms them", async () => {
    const world = syncOnEmulator({ ...contacts, deletions: { records: 5 } });
    const { sync, ghl, locationId, rows, events, called } = world;
    const ids = await addContacts(world, 20);
    await sync.catchUp();
    for (const contactId of ids.slice(0, 12)) await ghl.location(locationId).contacts.delete({ contactId });
    called();
    expect(await sync.reconcile()).toMatchObject([{ outcome: "held", missing: 12, deleted: 0 }]);
    expect(called()).toEqual(["contacts.search"]);
    expect(events.at(-1)).toMatchObject({ type: "deletions_held", missing: 12, limit: 5 });
    expect((await sync.status())[0]).toMatchObject({ phase: "held", held: { missing: 12, limit: 5 } });
    expect(await rows("select count(*) as n from ghl_contacts")).toEqual([{ n: 20 }]);
    await sync.catchUp();
    expect(await rows("select count(*) as n from ghl_contacts")).toEqual([{ n: 20 }]);
    await sync.allowDeletions({ locationId, kind: "contacts" });
    await sync.catchUp();
    expect(await differences(world, contacts.kinds)).toEqual([]);
    expect((await sync.status())[0]).toMatchObject({ phase: "live" });
  });
});

describe("a time without a receiver", () => {
  it("is made up for by a reading of everything, and closed", async () => {
    const world = syncOnEmulator(contacts);
    const { emulator, sync, storage, ghl, locationId } = world;
    const [gone = "", changed = ""] = await addContacts(world, 4);
    await withReceiver(world, async () => {
      await storage.inbox.beat({ gapAfterMs: 180_000 });
      await sync.catchUp();
      emulator.clock.advance(60_000);
      emulator.webhooks.faults.add({ type: "*", kind: "drop" });
      await ghl.location(locationId).contacts.delete({ contactId: gone });
      await ghl.location(locationId).contacts.update({ contactId: changed, body: { firstName: "Other" } });
      emulator.clock.advance(10_800_000);
      await storage.inbox.beat({ gapAfterMs: 180_000 });
      expect((await sync.status())[0]?.lagMs).toBeGreaterThanOrEqual(10_800_000);
      await sync.catchUp();
      expect(await differences(world, contacts.kinds)).toEqual([]);
      expect(await storage.inbox.gaps()).toEqual([]);
      expect((await sync.status())[0]).toMatchObject({ lagMs: 0, drift: 2 });
    });
  });
});

describe("a list by offset", () => {
  it("leaves nothing out when records before are deleted while it is read", async () => {
    const all: Wire[] = Array.from({ length: 300 }, (_, at) => ({ _id: `r${at}` }));
    let reads = 0;
    const read = async (offset: number) => {
      reads += 1;
      const items = all.slice(offset, offset + 100);
      // More than a page's overlap is gone before the next one is read.
      if (reads === 1) all.splice(0, 60);
      if (reads === 3) all.splice(0, 5);
      return { items, total: all.length, headers: new Headers() };
    };
    const seen = new Set<string>();
    for await (const { items } of offsetPages(read, { id: "_id", pageSize: 100, cursor: undefined }))
      for (const { _id } of items) seen.add(String(_id));
    expect(seen.size).toBe(300);
  });
});

describe("an export of messages that is capped", () => {
  it("goes on from its last message, until nothing new comes", async () => {
    const all = Array.from({ length: 1800 }, (_, at) => ({
      id: `m${at}`,
      conversationId: "c",
      dateAdded: new Date(Date.UTC(2026, 0, 1) + Math.floor(at / 3) * 1000).toISOString(),
    }));
    // No more than 700 records are to be had of one export.
    const exportMessages = ({ startDate = "", channel }: { readonly startDate?: string; readonly channel?: string }) => ({
      pages: async function* () {
        const found = channel === "Email" ? [] : all.filter(({ dateAdded }) => dateAdded >= startDate).slice(0, 700);
        yield { items: found.slice(0, 500), resume: found.length > 500 ? "next" : undefined, total: found.length, headers: new Headers() };
        if (found.length > 500) yield { items: found.slice(500), resume: undefined, total: found.length, headers: new Headers() };
      },
    });
    const seen: string[] = [];
    const location = { conversations: { exportMessages } } as never;
    for await (const { items } of messages.list(location, { cursor: undefined, clock: Date, pagesAtATime: 1 }))
      seen.push(...items.map(({ id }) => String(id)));
    expect(new Set(seen).size).toBe(1800);
  });
});

describe("conversations of one moment", () => {
  it("are all listed, whether or not the platform's cursor repeats those of its own moment", async () => {
    for (const repeats of [true, false]) {
      const all = Array.from({ length: 250 }, (_, at) => ({
        id: `t${String(at).padStart(3, "0")}`,
        lastMessageDate: 1000 + Math.floor(at / 40),
      }));
      const search = ({ startAfterDate }: { readonly startAfterDate?: number }) => ({
        withResponse: () => {
          const rest = all.filter(
            ({ lastMessageDate }) =>
              startAfterDate === undefined || (repeats ? lastMessageDate >= startAfterDate : lastMessageDate > startAfterDate),
          );
          return Promise.resolve({ data: { conversations: rest.slice(0, 100), total: all.length }, headers: new Headers() });
        },
      });
      const seen = new Set<string>();
      const location = { conversations: { search } } as never;
      for await (const { items } of conversations.list(location, { cursor: undefined, clock: Date, pagesAtATime: 1 }))
        for (const { id } of items) seen.add(String(id));
      expect(seen.size).toBe(250);
    }
  });
});

describe("contacts in several pages at a time", () => {
  it("are all there, also after a crash in between, and a reconciliation is as exact as one by one", async () => {
    const world = syncOnEmulator({ ...contacts, pagesAtATime: 3 });
    const { emulator, ghl, locationId } = world;
    for (let number = 0; number < 12; number += 1) {
      emulator.clock.advance(3_600_000);
      await ghl.location(locationId).contacts.create({ body: { firstName: `Spread ${number}`, email: `spread${number}@example.com` } });
    }
    const stop = new AbortController();
    let calls = 0;
    const crashing = syncOnEmulatorCrash(world, () => (calls += 1) === 6 && stop.abort());
    await expect(crashing.catchUp({ signal: stop.signal })).rejects.toMatchObject({ code: "aborted" });
    await world.sync.catchUp();
    expect(await differences(world, contacts.kinds)).toEqual([]);
    expect(await world.sync.reconcile()).toMatchObject([{ outcome: "done", created: 0, updated: 0, deleted: 0, unchanged: 12 }]);
  });
});
