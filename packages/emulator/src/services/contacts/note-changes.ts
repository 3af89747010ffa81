import { isDeepStrictEqual } from "node:util";
import type { Note } from "../../state/activity.ts";
import { platformEvent, type PlatformEvent } from "../../webhooks/platform-event.ts";

/** Events of a note. @param locationId Its contact's. */
export function noteChanges(before: Note | undefined, after: Note | undefined, locationId: string): readonly PlatformEvent[] {
  const note = after ?? before;
  if (note === undefined || isDeepStrictEqual(before, after)) return [];
  const { id, body, contactId, dateAdded } = note;
  const kind = before === undefined ? "NoteCreate" : after === undefined ? "NoteDelete" : "NoteUpdate";
  return [platformEvent(kind, { locationId }, { id, body, contactId, dateAdded })];
}
