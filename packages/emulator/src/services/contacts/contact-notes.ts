import { reply } from "../../http/answer.ts";
import { notFound } from "../../http/refusal.ts";
import type { Note } from "../../state/activity.ts";
import { nowIso, param, type Call } from "../../call/call.ts";
import { done } from "../done.ts";
import type { Handlers } from "../../call/handler.ts";
import { contactOf } from "./find-contact.ts";

/** Notes of a contact. */
export const noteHandlers: Handlers = {
  "contacts.listNotes": (call) => reply(200, { notes: [...call.world.state.notes.group(contactOf(call).id)].reverse().map(noteView) }),

  "contacts.createNote": (call) => {
    const { id } = contactOf(call);
    const note = call.world.state.notes.put({ ...readNote(call), id: call.world.ids.record(), contactId: id, dateAdded: nowIso(call) });
    return reply(201, { note: noteView(note) });
  },

  "contacts.getNote": (call) => reply(200, { note: noteView(noteOf(call)) }),

  "contacts.updateNote": (call) => {
    const before = noteOf(call);
    const changes = Object.fromEntries(Object.entries(readNote(call)).filter(([name]) => call.body[name] !== undefined));
    return reply(200, { note: noteView(call.world.state.notes.put({ ...before, ...changes })) });
  },

  "contacts.deleteNote": (call) => {
    call.world.state.notes.delete(noteOf(call).id);
    return reply(200, done);
  },
};

/** A note as answers show it. */
function noteView(note: Note): Record<string, unknown> {
  const { userId = null, pinned = false } = note;
  return { ...note, bodyText: note.body.replaceAll(/<[^>]*>/g, ""), userId, pinned, relations: [] };
}

function noteOf(call: Call): Note {
  const contact = contactOf(call);
  const id = param(call, "id");
  const note = call.world.state.notes.get(id);
  if (note === undefined || note.contactId !== contact.id) throw notFound(`Note with id ${id} not found`);
  return note;
}

function readNote({ body }: Call): Pick<Note, "body" | "userId" | "title" | "color" | "pinned"> {
  return {
    body: typeof body["body"] === "string" ? body["body"] : "",
    ...(typeof body["userId"] === "string" && { userId: body["userId"] }),
    ...(typeof body["title"] === "string" && { title: body["title"] }),
    ...(typeof body["color"] === "string" && { color: body["color"] }),
    ...(typeof body["pinned"] === "boolean" && { pinned: body["pinned"] }),
  };
}
