import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureFields, wantedFields } from "@ghlkit/crm/fields";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { restore, type RestoreOptions, type RestoreReport } from "../../src/node/index.ts";
import { syncOnEmulator, type SyncOnEmulator } from "../sync-on-emulator.ts";
import { clientOf, stateOf, worldWithBackup, type Fields } from "./world-with-backup.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-restore-"));
});
afterEach(() => rm(folder, { recursive: true }));

function invoicesOf({ emulator }: SyncOnEmulator, locationId: string): readonly Fields[] {
  const { records } = emulator.snapshot() as unknown as { readonly records: readonly Fields[] };
  return records
    .filter((record) => record["resource"] === "/invoices" && record["locationId"] === locationId)
    .map(({ fields }) => fields as Fields);
}

/** Gives the second location the fields, the pipeline and the calendar of the first, by name. */
async function furnish(world: SyncOnEmulator): Promise<void> {
  const { secondLocationId, locationId, users } = world.emulator.seed;
  const ghl = clientOf(world);
  const second = ghl.location(secondLocationId);
  await ensureFields(second, await wantedFields(ghl.location(locationId)), { apply: true });
  const { pipelines } = await ghl.location(locationId).opportunities.listPipelines();
  for (const { name, stages } of pipelines)
    await second.opportunities.createPipeline({
      body: { name, stages: stages.map((stage, position) => ({ name: (stage as { name: string }).name, position })) as never },
    });
  await second.calendars.create({
    body: { name: "Consultation", calendarType: "event", teamMembers: [{ userId: users.secondLocation }] } as never,
  });
}

const written = (counts: RestoreReport["counts"]): number =>
  Object.values(counts).reduce((sum, { created, updated, failed }) => sum + created + updated + failed, 0);

describe("restore", () => {
  it("writes a backup into another location, by names, once", async () => {
    const world = await worldWithBackup(folder);
    const { emulator, locationId } = world;
    const { secondLocationId } = emulator.seed;
    await furnish(world);
    const { journal } = createMemoryStorage({ clock: world.clock });
    const writes: string[] = [];
    const ghl = clientOf(world, ({ method, url }) => {
      if (method !== "GET" && !/search/.test(url)) writes.push(`${method} ${new URL(url).pathname}`);
    });
    const options: RestoreOptions = { folder, into: secondLocationId, ghl, journal, apply: false, clock: world.clock };
    const planned = await restore(options);
    expect(planned.outcome).toBe("planned");
    expect(writes).toEqual([]);
    expect(planned.counts).toMatchObject({
      contacts: { created: 4, left: 0 },
      notes: { created: 12 },
      tasks: { created: 4 },
      opportunities: { created: 3 },
      appointments: { created: 3 },
      invoices: { created: 1, left: 8 },
    });

    const report = await restore({ ...options, apply: true });
    expect({ outcome: report.outcome, failures: report.failures }).toEqual({ outcome: "completed", failures: [] });
    expect(report.counts).toEqual(planned.counts);
    expect(report.notRestored).toEqual(planned.notRestored);
    expect(report.notRestored).toEqual(
      expect.arrayContaining([
        "27 records get new ids, and the time of the restore as that of their creation and change.",
        "1 contacts are created without their owner, who is no user of the location.",
        expect.stringMatching(/^\d+ messages: the API takes no history\.$/) as string,
        "3 invoices that were paid, in part or whole, or are void: a new draft would ask for the money again.",
      ]),
    );
    const facts = ({ firstName, email, phone, city, tags }: Fields): unknown => [firstName, email, phone, city, tags];
    const contactsOf = (id: string) => stateOf(world, "contacts", id).map(facts);
    expect(contactsOf(secondLocationId)).toEqual(contactsOf(locationId));
    const first = await ghl.location(secondLocationId).contacts.get({ contactId: report.ids.contacts?.get(world.ids[0] ?? "") ?? "" });
    expect((first.contact.customFields as readonly Fields[]).map(({ value }) => String(value)).toSorted()).toEqual(["1200", "Rex"]);
    const { notes } = await ghl.location(secondLocationId).contacts.listNotes({ contactId: first.contact.id });
    expect(notes?.map(({ body }) => body).toReversed()).toEqual(["First note 0", "Called, no answer", "Called, no answer"]);
    const deals = stateOf(world, "opportunities", secondLocationId);
    expect(deals.map(({ name, monetaryValue, status }) => [name, monetaryValue, status])).toEqual(
      stateOf(world, "opportunities", locationId).map(({ name, monetaryValue, status }) => [name, monetaryValue, status]),
    );
    const startsIn = (id: string) =>
      stateOf(world, "appointments", id)
        .map(({ startTime }) => Date.parse(String(startTime)))
        .toSorted((one, other) => one - other);
    expect(startsIn(secondLocationId)).toEqual(startsIn(locationId));

    const draft = ({ name, total, dueDate, invoiceItems }: Fields): unknown => [
      name,
      total,
      String(dueDate).slice(0, 10),
      (invoiceItems as readonly Fields[]).map(({ amount, qty }) => [amount, qty]),
    ];
    expect(invoicesOf(world, secondLocationId).map(draft)).toEqual([["Not sent yet", 389, "2026-02-01", [[199.5, 2]]]]);

    // Once more: the same restore, and another one of the same backup.
    writes.length = 0;
    expect(await restore({ ...options, apply: true })).toMatchObject({ counts: report.counts, failures: [] });
    const other = await restore({ ...options, apply: true, id: "another" });
    expect(written(other.counts)).toBe(0);
    expect(writes).toEqual([]);
  }, 300_000);

  it("brings back what was deleted in the same location, adopts what is there, and updates what differs unless it is to be kept", async () => {
    const world = await worldWithBackup(folder);
    const { ghl, locationId, ids } = world;
    const location = ghl.location(locationId);
    await location.contacts.delete({ contactId: ids[0] ?? "" });
    await location.contacts.update({ contactId: ids[1] ?? "", body: { firstName: "Changed", tags: ["later"] } });
    const { contact: again } = await location.contacts.upsert({ body: { email: "person1@example.com", firstName: "Again" } });
    const { journal } = createMemoryStorage({ clock: world.clock });
    const options: RestoreOptions = { folder, into: locationId, ghl: clientOf(world), journal, apply: true, clock: world.clock };
    const kept = await restore({ ...options, apply: false, existing: "keep" });
    expect(kept.counts.contacts).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    const report = await restore(options);
    expect(report.failures).toEqual([]);
    expect(report.counts).toMatchObject({
      contacts: { created: 0, updated: 2, unchanged: 2 },
      notes: { created: 3, unchanged: 9 },
      tasks: { created: 1, unchanged: 3 },
      opportunities: { created: 1, unchanged: 2 },
      appointments: { created: 1, unchanged: 2 },
    });
    expect(report.ids.contacts?.get(ids[0] ?? "")).toBe(again.id);
    const { contact } = await location.contacts.get({ contactId: ids[1] ?? "" });
    expect(contact).toMatchObject({ firstName: "Person 2", tags: ["later"] });
    const { contact: first } = await location.contacts.get({ contactId: again.id });
    expect(first).toMatchObject({
      firstName: "Person 1",
      phone: "+12025550101",
      city: "Boston",
      assignedTo: world.emulator.seed.users.admin,
    });
    // It is lost once more: another restore makes it again, and says so when that is lost, too.
    await location.contacts.delete({ contactId: again.id });
    const second = await restore({ ...options, id: "second" });
    expect(second.counts).toMatchObject({ contacts: { created: 1, unchanged: 3 }, opportunities: { created: 1, unchanged: 2 } });
    expect(second.notRestored).toContain(
      "1 opportunities are created beside those of a contact that was deleted, which stay in the location without it: delete these.",
    );
    await location.contacts.delete({ contactId: second.ids.contacts?.get(ids[0] ?? "") ?? "" });
    expect((await restore({ ...options, id: "second" })).notRestored).toContain(
      "1 contacts that this restore created are not in the location any more: give it another id to restore them once more.",
    );
  }, 300_000);

  it("goes on after it was killed at any call, and writes nothing twice", async () => {
    const world = await worldWithBackup(folder);
    const { emulator, clock } = world;
    const { secondLocationId } = emulator.seed;
    await furnish(world);
    const { journal } = createMemoryStorage({ clock });
    let kills = 0;
    let report: RestoreReport | undefined;
    while (report?.outcome !== "completed") {
      let calls = 0;
      const dead = new AbortController();
      // A process that is killed between a request and its answer: the platform has it, and the journal does not.
      const die = (): void => {
        calls += 1;
        if (calls > 45 + (kills % 11)) dead.abort(new Error("killed"));
        if (dead.signal.aborted) throw new Error("killed");
      };
      const dying = dyingJournal(journal, dead.signal);
      report = await restore({
        folder,
        into: secondLocationId,
        ghl: clientOf(world, die, die),
        journal: dying,
        apply: true,
        concurrency: 1,
        clock,
        signal: dead.signal,
      }).catch((error: unknown) => {
        if (!dead.signal.aborted) throw error;
        return undefined;
      });
      if (dead.signal.aborted) report = undefined;
      kills += 1;
      // Leases of the dead end, and the index shows what was made.
      emulator.clock.advance(60_000);
      expect(kills).toBeLessThan(200);
    }
    expect(kills).toBeGreaterThan(2);
    expect(report.failures).toEqual([]);
    expect(stateOf(world, "contacts", secondLocationId).length).toBe(4);
    expect(stateOf(world, "opportunities", secondLocationId).length).toBe(3);
    expect(stateOf(world, "appointments", secondLocationId).length).toBe(3);
    expect(stateOf(world, "tasks", secondLocationId).length).toBe(4);
    const bodies: unknown[] = [];
    for (const { id } of stateOf(world, "contacts", secondLocationId))
      bodies.push(
        ...((
          await clientOf(world)
            .location(secondLocationId)
            .contacts.listNotes({ contactId: String(id) })
        ).notes ?? []),
      );
    expect(bodies.length).toBe(12);
  }, 300_000);

  it("leaves what has no place in the location, and says which", async () => {
    const world = await worldWithBackup(folder);
    const { secondLocationId } = world.emulator.seed;
    const { journal } = createMemoryStorage({ clock: world.clock });
    const report = await restore({ folder, into: secondLocationId, ghl: clientOf(world), journal, apply: true, clock: world.clock });
    expect(report.counts).toMatchObject({ contacts: { created: 4 }, opportunities: { left: 3 }, appointments: { left: 3 } });
    expect(report.notRestored).toEqual(
      expect.arrayContaining([
        "3 opportunities whose pipeline or stage the location does not have.",
        "3 appointments whose calendar the location does not have.",
        '1 contacts are created without the custom field "Pet name", which the location does not have: create it first (ghlkit fields ensure).',
      ]),
    );
  }, 300_000);

  it("refuses a location that the backup does not hold, instead of restoring nothing", async () => {
    const world = await worldWithBackup(folder);
    const { journal } = createMemoryStorage();
    const options = { folder, into: world.locationId, from: "nowhere", ghl: clientOf(world), journal, apply: true };
    await expect(restore(options)).rejects.toMatchObject({ code: "invalid_request", message: /holds nothing of location nowhere/ });
  }, 300_000);

  it("refuses a backup that is not finished, and one that is not there", async () => {
    const world = syncOnEmulator();
    const { journal } = createMemoryStorage();
    const options = { folder, into: world.locationId, ghl: clientOf(world), journal, apply: true };
    await expect(restore(options)).rejects.toMatchObject({ code: "invalid_request" });
  });
});

/** The journal of a process that dies: afterwards nothing of it is written any more. */
function dyingJournal(journal: Journal, dead: AbortSignal): Journal {
  const alive = <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) => {
    return async (...args: Args): Promise<Result> => {
      if (dead.aborted) throw new Error("killed");
      return method(...args);
    };
  };
  return {
    start: alive(journal.start),
    extend: alive(journal.extend),
    finish: alive(journal.finish),
    abandon: alive(journal.abandon),
    get: journal.get,
    unfinished: journal.unfinished,
    prune: journal.prune,
  };
}
