import type { CreateTaskParams, Notes } from "@ghlkit/contract/types/contacts";
import type { Wire } from "../../kinds/kind.ts";
import { textOf, timeOf } from "../../kinds/wire-values.ts";
import { canonicalText } from "../../record/record-shape.ts";
import type { BackupLocation } from "../backup/location-names.ts";
import { notesOf } from "../backup/read-notes.ts";
import { contactOf, type KindRestore, type MadeRecord, type RestoreContext } from "./kind-restore.ts";

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
  const claimed = new Set<string>();
  const free = new Map<string, Promise<readonly Wire[]>>();
  const ofContact = (location: BackupLocation, contactId: string): Promise<readonly Wire[]> => {
    // One that this restore has made has nothing but what it was given.
    if (context.createdContacts.has(contactId)) return Promise.resolve([]);
    const known = free.get(contactId) ?? list(location, contactId);
    free.set(contactId, known);
    return known;
  };
  return {
    kind,
    idOf,
    // Those of one contact are written one after the other, the oldest first.
    identity: ({ contactId }) => [String(contactId)],
    claim: (id) => void claimed.add(id),
    plan: async (body, { location }) => {
      const contactId = contactOf(context, body["contactId"]);
      if (contactId === undefined) return { outcome: "left", why: "whose contact was not restored" };
      const written = wanted(body);
      const there = (await ofContact(location, contactId)).filter((one) => !claimed.has(idOf(one)));
      const same = there.find((one) => idOf(one) === idOf(body)) ?? there.find((one) => keyOf(one) === keyOf(written));
      if (same !== undefined) {
        claimed.add(idOf(same));
        return { outcome: "unchanged", id: idOf(same) };
      }
      return {
        outcome: "create",
        create: async (by) => ({ id: await create(by, contactId, written), isNew: true }),
        find: async (by, since): Promise<readonly MadeRecord[]> => {
          const all = await list(by, contactId);
          return all
            .filter((one) => keyOf(one) === keyOf(written) && (timeOf(one["dateAdded"]) ?? since) >= since && !claimed.has(idOf(one)))
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
