import { once } from "ghlkit";
import { textIn, type Action, type Backend } from "@ghlkit/app-kit/server";

/** Adds a tag; twice does no harm. */
export async function addTag(backend: Backend, { session: { locationId }, body }: Action): Promise<object> {
  const [contactId, tag] = [textIn(body, "contactId", { needed: true }), textIn(body, "tag", { needed: true, most: 100 })];
  const { tags } = await backend.location(locationId).contacts.addTags({ contactId, body: { tags: [tag] } });
  return { tags };
}

/** Writes a note, once for one form. */
export async function addNote(backend: Backend, { session: { locationId }, body, key }: Action): Promise<void> {
  const [contactId, note] = [textIn(body, "contactId", { needed: true }), textIn(body, "note", { needed: true, most: 5000 })];
  const location = backend.location(locationId);
  await once(key, async () => (await location.contacts.createNote({ contactId, body: { body: note } })).note.id, {
    journal: backend.journal,
    clock: backend.clock,
    probe: async () => {
      const { notes } = await location.contacts.listNotes({ contactId }, { fresh: true });
      const found = notes.find(({ body: text }) => text === note);
      return found === undefined ? undefined : { happened: true, result: found.id };
    },
  });
}
