import type { BookingSettings } from "./booking-settings.ts";
import { isUnknownEvent } from "./unknown-event.ts";

/** What became of a block that was to be removed. */
export interface UnblockResult {
  /** `not_found`: there is no such block, or it was removed before. */
  readonly outcome: "unblocked" | "not_found";
}

/** Removes a block. Twice does no harm. */
export async function unblockTime(blockId: string, { location }: Pick<BookingSettings, "location">): Promise<UnblockResult> {
  try {
    await location.calendars.deleteEvent({ eventId: blockId, body: {} });
    return { outcome: "unblocked" };
  } catch (error) {
    if (isUnknownEvent(error)) return { outcome: "not_found" };
    throw error;
  }
}
