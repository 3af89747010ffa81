import { eraseContact } from "@ghlkit/sync/node";
import { locationsFrom } from "../fields/locations-from.ts";
import { withEnvStorage } from "../fields/with-env-storage.ts";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { engineOf, type CopyOptions } from "../sync/open-copy.ts";
import { UsageError } from "../usage-error.ts";

export interface EraseCommandOptions extends Omit<CopyOptions, "kinds"> {
  /** Id of the contact. */
  readonly contact: string;
  /** Folders of backups. */
  readonly backup?: readonly string[];
}

/** Removes a person from copy and backups. Not ok when something was not reached. */
export async function erase({ copy, contact, backup = [], ...options }: EraseCommandOptions): Promise<Report> {
  const [location, other] = await locationsFrom(options);
  if (location === undefined || other !== undefined) throw new UsageError("erase works on one location: --tokens may name one alone.");
  return withEnvStorage(async (storage) => {
    const from = await engineOf(copy);
    try {
      const report = await eraseContact({
        locationId: location.id,
        contactId: contact,
        from,
        backups: backup,
        ghl: { location: () => location.client },
        ...(storage !== undefined && { inbox: storage.inbox }),
      });
      const inbox = storage === undefined ? ["The inbox was not looked at: set GHL_DATABASE to that of your application."] : [];
      const notReached = [...report.notReached, ...inbox];
      const text = [
        `erased: ${report.records} records of the copy, ${report.backupRecords} of backups`,
        ...notReached.map((one) => `NOT REACHED  ${printable(one)}`),
      ];
      return { ok: notReached.length === 0, json: { ...report, notReached }, text: text.join("\n") };
    } finally {
      await from.close();
    }
  });
}
