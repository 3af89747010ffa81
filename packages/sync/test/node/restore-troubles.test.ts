import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@ghlkit/core";
import { createMemoryStorage } from "@ghlkit/storage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { restore, type RestoreOptions } from "../../src/node/index.ts";
import { clientOf, stateOf, worldWithBackup, type WorldWithBackup } from "./world-with-backup.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-restore-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A restore into the location of the backup, whose waits between attempts are short. */
function optionsOf(world: WorldWithBackup, onCall: Parameters<typeof clientOf>[1]): RestoreOptions {
  const clock = { now: world.clock.now, after: (ms: number, action: () => void) => systemClock.after(ms / 100, action) };
  const { journal } = createMemoryStorage({ clock });
  return { folder, into: world.locationId, ghl: clientOf(world, onCall), journal, apply: true, clock };
}

/** Answers the first call that fits with 503. */
function failsOnce(method: string, path: RegExp) {
  const failed: string[] = [];
  const onCall = (request: Request): Response | undefined => {
    const { pathname } = new URL(request.url);
    if (failed.length > 0 || request.method !== method || !path.test(pathname)) return undefined;
    failed.push(pathname);
    return Response.json({ message: "Service unavailable" }, { status: 503 });
  };
  return { failed, onCall };
}

describe("restore when a call fails", () => {
  it.each([
    ["reading it", "GET"],
    ["updating it", "PUT"],
  ])(
    "updates an opportunity, and makes no second one, after %s failed once",
    async (_, method) => {
      const world = await worldWithBackup(folder);
      const [deal] = stateOf(world, "opportunities", world.locationId);
      const id = String(deal?.["id"]);
      await world.ghl.location(world.locationId).opportunities.update({ id, body: { monetaryValue: 1 } });
      const { failed, onCall } = failsOnce(method, new RegExp(`^/opportunities/${id}$`));
      const report = await restore(optionsOf(world, onCall));
      expect(failed.length).toBe(1);
      expect(report.failures).toEqual([]);
      expect(report.counts.opportunities).toMatchObject({ created: 0, updated: 1, unchanged: 2 });
      const deals = stateOf(world, "opportunities", world.locationId);
      expect(deals.map(({ monetaryValue }) => monetaryValue)).toEqual([100, 101, 102]);
    },
    300_000,
  );

  it("lists the notes of a contact again", async () => {
    const world = await worldWithBackup(folder);
    const { failed, onCall } = failsOnce("GET", /^\/contacts\/[^/]+\/notes$/);
    const report = await restore(optionsOf(world, onCall));
    expect(failed.length).toBe(1);
    expect({ failures: report.failures, notes: report.counts.notes }).toMatchObject({ failures: [], notes: { created: 0, unchanged: 12 } });
  }, 300_000);

  it("takes a contact that appears meanwhile for one that was there, after a stop as well", async () => {
    const world = await worldWithBackup(folder);
    const { secondLocationId } = world.emulator.seed;
    const stop = new AbortController();
    let appeared: Promise<string> | undefined;
    // Between the list and the create another program makes the contact, with a note of the backup.
    const appear = async (): Promise<string> => {
      const { contacts } = clientOf(world).location(secondLocationId);
      const { contact } = await contacts.create({ body: { firstName: "Person 2", email: "person2@example.com" } });
      await contacts.createNote({ contactId: contact.id, body: { body: "First note 1" } });
      return contact.id;
    };
    const options = optionsOf(world, async ({ method, url }) => {
      const { pathname } = new URL(url);
      if (method === "POST" && pathname === "/contacts/") await (appeared ??= appear());
      if (pathname.endsWith("/notes")) stop.abort();
    });
    const into = { ...options, into: secondLocationId };
    expect(await restore({ ...into, signal: stop.signal })).toMatchObject({
      outcome: "stopped",
      counts: { contacts: { created: 3, unchanged: 1 } },
    });
    const report = await restore(into);
    expect(report.counts).toMatchObject({ contacts: { created: 3, unchanged: 1 }, notes: { created: 11, unchanged: 1 } });
    const { notes } = await clientOf(world)
      .location(secondLocationId)
      .contacts.listNotes({ contactId: (await appeared) ?? "" });
    expect(notes?.map(({ body }) => body).toSorted()).toEqual(["Called, no answer", "Called, no answer", "First note 1"]);
  }, 300_000);
});
