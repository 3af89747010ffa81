import type { CreateTaskParams, Notes } from "@ghlkit/contract/types/contacts";
import type { Wire } from "../../kinds/kind.ts";
import { textOf, timeOf } from "../../kinds/wire-values.ts";
import { canonicalText } from "../../record/record-shape.ts";
import type { BackupLocation } from "../backup/location-names.ts";
import { notesOf } from "../backup/read-notes.ts";
import { Claims } from "./claims.ts";
import { contactOf, type KindRestore, type MadeRecord, type RestoreContext } from "./kind-restore.ts";
import { RecentReads } from "./recent-reads.ts";

/** Contacts whose notes or tasks are kept: those of one contact lie together in a backup. */
const contactsKept = 1000;

/** What hangs on a contact and is read through it. */
interface Attached {
  readonly kind: "notes" | "tasks";
  readonly idOf: (body: Wire) => string;
  /** What is written. */
  readonly wanted: (body: Wire) => Wire;
  /** What makes two of them the same. */
  readonly keyOf: (written: Wire) => string;
  readonly list: (location: BackupLocation, contactId: string) => Promise<readonly Wire[]>;
  readonly create: (location: BackupLocation, contactId: string, body: Wire) => Promise<string>;
  readonly losses: (body: Wire) => readonly string[];
}

/** Notes of contacts: recognised by id or text. */
export function restoreNotes(context: RestoreContext): KindRestore {
  const { user } = context.names;
  return attached(context, {
    kind: "notes",
    idOf: ({ id }) => String(id),
    wanted: ({ body, title, color, pinned, userId }) =>
      filled({ body, title, color, pinned: pinned === true ? true : undefined, userId: user(textOf(userId) ?? "") }),
    keyOf: ({ body }) => canonicalText(body),
    list: notesOf,
    create: async ({ contacts }, contactId, body) => (await contacts.createNote({ contactId, body: body as unknown as Notes })).note.id,
    losses: ({ userId }) =>
      textOf(userId) !== undefined && user(String(userId)) === undefined ? ["without their author, who is no user of the location"] : [],
  });
}

/** Tasks of contacts: recognised by id, or by title and due date. */
export function restoreTasks(context: RestoreContext): KindRestore {
  const { user } = context.names;
  return attached(context, {
    kind: "tasks",
    idOf: ({ _id, id }) => String(_id ?? id),
    wanted: ({ title, body, dueDate, completed, assignedTo }) =>
      filled({ title, body, dueDate, completed: completed === true, assignedTo: user(textOf(assignedTo) ?? "") }),
    keyOf: ({ title, dueDate }) => JSON.stringify([title, timeOf(dueDate)]),
    list: async ({ contacts }, contactId) => ((await contacts.listTasks({ contactId })).tasks ?? []) as readonly Wire[],
    create: async ({ contacts }, contactId, body) =>
      String((await contacts.createTask({ contactId, body: body as unknown as CreateTaskParams })).task?.id),
    losses: ({ assignedTo }) =>
      textOf(assignedTo) !== undefined && user(String(assignedTo)) === undefined
        ? ["without their owner, who is no user of the location"]
        : [],
  });
}

function attached(context: RestoreContext, { kind, idOf, wanted, keyOf, list, create, losses }: Attached): KindRestore {
  const claims = new Claims();
  const listed = new RecentReads<readonly Wire[]>(contactsKept);
  const ofContact = (location: BackupLocation, contactId: string): Promise<readonly Wire[]> => {
    // One that this restore has made has nothing but what it was given.
    if (context.createdContacts.has(contactId)) return Promise.resolve([]);
    return listed.get(contactId, () => list(location, contactId));
  };
  return {
    kind,
    idOf,
    // Those of one contact are written one after the other, the oldest first.
    identity: ({ contactId }) => [String(contactId)],
    claim: (id, taker) => void claims.claim(id, taker),
    plan: async (body, { location }) => {
      const contactId = contactOf(context, body["contactId"]);
      if (contactId === undefined) return { outcome: "left", why: "whose contact was not restored" };
      const written = wanted(body);
      const isFree = (one: Wire): boolean => claims.isFree(idOf(one), idOf(body));
      const there = (await ofContact(location, contactId)).filter(isFree);
      const same = there.find((one) => idOf(one) === idOf(body)) ?? there.find((one) => keyOf(one) === keyOf(written));
      if (same !== undefined) {
        claims.claim(idOf(same), idOf(body));
        return { outcome: "unchanged", id: idOf(same) };
      }
      return {
        outcome: "create",
        create: async (by) => ({ id: await create(by, contactId, written), isNew: true }),
        find: async (by, since): Promise<readonly MadeRecord[]> => {
          const all = await list(by, contactId);
          return all
            .filter((one) => keyOf(one) === keyOf(written) && (timeOf(one["dateAdded"]) ?? since) >= since && isFree(one))
            .map((one) => ({ id: idOf(one), isNew: true }));
        },
      };
    },
    losses,
  };
}

function filled(values: Wire): Wire {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ""));
}
