import type { Copy } from "../../copy/copy.ts";
import type { Wire } from "../../kinds/kind.ts";
import { timeOf, unlessMissing } from "../../kinds/wire-values.ts";
import type { BackupLocation } from "./location-names.ts";

/** Contacts whose notes are in one file. */
const contactsPerFile = 500;

/** Contacts whose notes are read at a time. */
const concurrency = 8;

/** Notes of some contacts, and the last contact that was looked at. */
export interface NotesOfContacts {
  readonly lastId: string;
  readonly notes: readonly Wire[];
}

/** What reading notes needs. */
export interface NotesReading {
  readonly copy: Copy;
  readonly locationId: string;
  /** In the bulk lane. */
  readonly location: BackupLocation;
  readonly signal: AbortSignal | undefined;
}

/** Notes of the next contacts of the copy behind an id, those of a contact from the oldest on: one call each. `undefined` behind the last. */
export async function readNotes(after: string, { copy, locationId, location, signal }: NotesReading): Promise<NotesOfContacts | undefined> {
  const contacts = await copy.page({ locationId, kind: "contacts" }, after, contactsPerFile);
  const lastId = contacts.at(-1)?.id;
  if (lastId === undefined) return undefined;
  const notes: (readonly Wire[])[] = [];
  const waiting = contacts.map(({ id }, index) => ({ id, index }));
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      signal?.throwIfAborted();
      notes[one.index] = await notesOf(location, one.id);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, next));
  return { lastId, notes: notes.flat() };
}

/** Notes of a contact, oldest first; none of one that is gone. */
export async function notesOf({ contacts }: BackupLocation, contactId: string): Promise<readonly Wire[]> {
  const answer = await unlessMissing(contacts.listNotes({ contactId }));
  const notes = (answer?.notes ?? []) as readonly Wire[];
  return notes
    .toSorted((one, other) => (timeOf(one["dateAdded"]) ?? 0) - (timeOf(other["dateAdded"]) ?? 0))
    .map((note) => ({ ...note, contactId }));
}
