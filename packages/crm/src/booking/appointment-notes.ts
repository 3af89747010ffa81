import type { GetNote } from "@ghlkit/contract/types/calendars";
import { writeAtMostOnce } from "@ghlkit/resilience";
import type { BookingSettings } from "./booking-settings.ts";
import type { Unknown } from "./booking-result.ts";
import { checkKey } from "../run/check-key.ts";

/** The most that a page may have. */
const pageSize = 20;

/** A note for an appointment. */
export interface NewNote {
  /** Names the intent: there is at most one note for it. At most 200 characters. */
  readonly key: string;
  readonly appointmentId: string;
  readonly body: string;
  /** Id of the user who writes it. @default none */
  readonly userId?: string;
}

/** What became of a note. */
export type NoteResult = { readonly outcome: "added"; readonly how: "now" | "before" | "found"; readonly noteId: string } | Unknown;

/** Notes of an appointment, page by page as the loop goes on. */
export async function* listNotes(
  appointmentId: string,
  { location }: Pick<BookingSettings, "location">,
): AsyncGenerator<GetNote, void, undefined> {
  for (let offset = 0; ; offset += pageSize) {
    const { notes, hasMore } = await location.calendars.listAppointmentNotes({ appointmentId, limit: pageSize, offset }, { fresh: true });
    yield* notes;
    if (hasMore === false || notes.length < pageSize) return;
  }
}

/** Adds a note at most once per key. */
export async function addNote({ key, appointmentId, body, userId }: NewNote, settings: BookingSettings): Promise<NoteResult> {
  const { location, locationId } = settings;
  checkKey("addNote", key);
  const its = `appointment-note:${locationId}:${key}`;
  const write = async ({ signal }: { readonly signal: AbortSignal }): Promise<string> => {
    const input = { appointmentId, body: { body, ...(userId !== undefined && { userId }) } };
    return (await location.calendars.createAppointmentNote(input, { signal })).note?.id ?? "";
  };
  const find = async (sinceMs: number): Promise<readonly string[]> => {
    const fits: string[] = [];
    for await (const note of listNotes(appointmentId, settings)) {
      if (note.body === body && !(Date.parse(note.dateAdded ?? "") < sinceMs)) fits.push(note.id ?? "");
    }
    return fits;
  };
  const written = await writeAtMostOnce({ key: its, write, find }, settings);
  return written.outcome === "unknown" ? written : { outcome: "added", how: written.how, noteId: written.result };
}
