import type { Inbox } from "@ghlkit/storage";
import { Copy } from "../copy/copy.ts";
import type { CopyEngine } from "../copy/copy-engine.ts";
import { definitions } from "../kinds/definitions.ts";
import type { SyncClient, Wire } from "../kinds/kind.ts";
import { readManifest, writeManifest, type BackupPart } from "./backup/manifest.ts";
import { readPart, writePart } from "./backup/part-file.ts";

/** Options of {@link eraseContact}. */
export interface EraseOptions {
  /** Id of the location. */
  readonly locationId: string;
  /** Id of the contact. */
  readonly contactId: string;
  /** The copy. It stays open. */
  readonly from: CopyEngine;
  /** Folders of backups, whose files are written anew without the person. @default none */
  readonly backups?: readonly string[];
  /** `storage.inbox`: looked at, to say what is in it. @default it is not looked at */
  readonly inbox?: Pick<Inbox, "query">;
  /** Looks whether the platform still has the person. @default it is not looked at */
  readonly ghl?: SyncClient;
}

/** What was erased, and what was not. */
export interface EraseReport {
  /** Records of the copy, tombstones included. */
  readonly records: number;
  /** Records of backups. */
  readonly backupRecords: number;
  /** What could not be reached, a sentence each. Nothing is left when it is empty. */
  readonly notReached: readonly string[];
}

/**
 * Removes a person from a copy and from backups: the contact, and every record that names it. What remains is a tombstone with the ids, so that a list of
 * the platform that lags behind does not bring the person back. Delete the contact on the platform first.
 */
export async function eraseContact(options: EraseOptions): Promise<EraseReport> {
  const { locationId, contactId, from, backups = [] } = options;
  const copy = new Copy(from);
  await copy.ready();
  const records = await copy.erase(locationId, contactId);
  const isKnown = records > 0 || (await copy.records({ locationId, kind: "contacts" }, [contactId])).size > 0;
  let backupRecords = 0;
  for (const folder of backups) backupRecords += await eraseFromBackup(folder, options);
  const unknown =
    isKnown || backupRecords > 0 ? [] : [`Neither the copy nor the backups know a contact ${contactId} of ${locationId}: is its id right?`];
  return { records, backupRecords, notReached: [...unknown, ...(await notReached(options))] };
}

/** Files that hold the person are written anew, and put in place of the old ones. */
async function eraseFromBackup(folder: string, { locationId, contactId }: EraseOptions): Promise<number> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) throw new TypeError(`There is no backup in ${folder}.`);
  let erased = 0;
  const parts: BackupPart[] = [...manifest.parts];
  for (const [index, part] of manifest.parts.entries()) {
    if (part.locationId !== locationId) continue;
    const contactOf = part.kind === "notes" || part.kind === "tasks" ? ofNote : definitions[part.kind].contactOf;
    const bodies = await readPart(folder, part);
    const kept = bodies.filter((body) => contactOf(body) !== contactId);
    if (kept.length === bodies.length) continue;
    erased += bodies.length - kept.length;
    // A backup that is not finished goes on behind the record that was its last.
    parts[index] = await writePart(folder, part, kept);
    await writeManifest(folder, { ...manifest, parts });
  }
  return erased;
}

function ofNote({ contactId }: Wire): unknown {
  return contactId;
}

async function notReached({ locationId, contactId, from, inbox, ghl }: EraseOptions): Promise<readonly string[]> {
  const left: string[] = [];
  const deliveries = inbox === undefined ? [] : (await inbox.query({ entity: `contact:${contactId}`, limit: 1000 })).deliveries;
  const bodies = deliveries.filter(({ body }) => body.length > 0).length;
  if (bodies > 0)
    left.push(
      `The inbox holds ${bodies} webhooks of the contact until its retention removes their bodies, 7 days after they were handled.`,
    );
  const wire = ghl === undefined ? undefined : await definitions.contacts.read(ghl.location(locationId).with({ fresh: true }), contactId);
  if (wire !== undefined) left.push("The platform still has the contact: delete it there, or the next reconciliation brings it back.");
  if (from.dialect.lock !== undefined) left.push("PostgreSQL keeps the old rows in its files until VACUUM, and in its log and your dumps.");
  return left;
}
