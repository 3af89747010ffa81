import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createMemoryStorage } from "@ghlkit/storage";
import { createSync, type Sync } from "@ghlkit/sync";
import { backup, loadBackup } from "@ghlkit/sync/node";
import { sqlite } from "@ghlkit/sync/sqlite";
import { addDeals, clientOf, clockOf } from "./drill-account.ts";
import type { Drill } from "./drill.ts";

const kinds = ["contacts", "opportunities"] as const;

/** The file of the copy is gone: last night's backup is loaded, and a reconciliation brings what happened since. */
export const databaseLost: Drill = {
  name: "database-lost",
  incident: "the database of the copy is lost",
  alert: "GhlkitStorageFailing",
  run: async ({ folder, emulator: open, step, person, check }) => {
    const emulator = open();
    const ghl = clientOf(emulator);
    const { locationId } = emulator.seed;
    const path = join(folder, "crm.db");
    const backups = join(folder, "backup");
    const syncInto = (into: ReturnType<typeof sqlite>): Sync =>
      createSync({ ghl, storage: createMemoryStorage(), locations: [locationId], kinds, into, clock: clockOf(emulator) });
    const ids = await addDeals(ghl, emulator, 200);
    const before = syncInto(sqlite(path));
    await step("The copy of 200 contacts and deals is made", () => before.catchUp());
    await before.close();
    const from = sqlite(path);
    await step(
      "It is backed up",
      () => backup({ from, folder: backups, locations: [locationId], kinds }),
      ({ files }) => `${files} files`,
    );
    await from.close();
    emulator.clock.advance(8 * 3_600_000);
    await addDeals(ghl, emulator, 20, "Later");
    await ghl.location(locationId).contacts.update({ contactId: ids[0] ?? "", body: { firstName: "Changed" } });
    await ghl.location(locationId).contacts.delete({ contactId: ids[1] ?? "" });
    for (const file of [path, `${path}-wal`, `${path}-shm`]) await rm(file, { force: true });

    person("Make sure that no process writes to the old database, and give the new one its name.");
    const into = sqlite(path);
    const { records } = await step(
      "The backup is loaded, without a call",
      () => loadBackup({ folder: backups, into }),
      () => "reports work again",
    );
    check("the copy has all 400 records of the backup", records.contacts === 200 && records.opportunities === 200);
    const after = syncInto(into);
    const found = await step(
      "Everything is read, and compared",
      () => after.reconcile(),
      (reports) =>
        reports
          .map(({ kind, created, updated, deleted }) => `${kind} ${created} created, ${updated} updated, ${deleted} deleted`)
          .join("; "),
    );
    check(
      "what happened since the backup was found",
      found.some(({ created }) => created === 20) && found.some(({ deleted }) => deleted === 1),
    );
    const verified = await step("It is verified record by record", () => after.verify());
    check(
      "copy and platform are equal",
      verified.every(({ outcome }) => outcome === "equal"),
    );
    person(
      "Webhooks that waited in a lost inbox are made up for by the reconciliation; accounts whose tokens were lost connect again (lost-refresh-pair).",
    );
    await after.close();
  },
};
