import type { BlockedSlotsResponse } from "@ghlkit/contract/types/calendars";
import { ghlError, isGhlError } from "@ghlkit/core";
import { instantMs, type Instant } from "../time/instant.ts";
import { zonedIso } from "../time/zoned-time.ts";
import type { BookingSettings } from "./booking-settings.ts";

/** Whose time: an event calendar's, or a user's in all calendars. */
export type BlockTarget =
  | { readonly calendarId: string; readonly userId?: never }
  | { readonly userId: string; readonly calendarId?: never };

/** A stretch of time in which nothing can be booked. */
export type NewBlock = BlockTarget & {
  readonly from: Instant;
  readonly to: Instant;
  readonly title?: string;
};

/** What became of a block. */
export type BlockResult =
  | { readonly outcome: "blocked"; readonly block: BlockedTime }
  /** Only calendars of the type `event` can be blocked: block the users of its team instead. */
  | { readonly outcome: "not_an_event_calendar" };

/** A blocked stretch; those of a connected Google calendar are among them, found by user only. */
export interface BlockedTime {
  readonly id: string;
  readonly title: string | undefined;
  readonly calendarId: string | undefined;
  readonly userId: string | undefined;
  readonly startTime: string;
  readonly endTime: string;
}

type Settings = Pick<BookingSettings, "location" | "readCalendar">;

/** Blocks time. A lost answer may leave two blocks: they block no more than one. */
export async function blockTime(block: NewBlock, { location }: Settings): Promise<BlockResult> {
  const [fromMs, toMs] = [instantMs("from", block.from), instantMs("to", block.to)];
  if (toMs <= fromMs) throw ghlError("invalid_request", "to is not after from.", {});
  const target = block.calendarId === undefined ? { assignedUserId: block.userId } : { calendarId: block.calendarId };
  const title = block.title === undefined ? {} : { title: block.title };
  const body = { ...target, ...title, startTime: zonedIso(fromMs, "UTC"), endTime: zonedIso(toMs, "UTC") };
  try {
    return { outcome: "blocked", block: blockOf(await location.calendars.createBlockedSlot({ body })) };
  } catch (error) {
    if (isGhlError(error, "bad_request") && /not an event calendar/i.test(error.message)) return { outcome: "not_an_event_calendar" };
    throw error;
  }
}

/** Blocks that touch a stretch of time. */
export async function listBlocks(
  query: BlockTarget & { readonly from: Instant; readonly to: Instant },
  { location }: Settings,
): Promise<readonly BlockedTime[]> {
  const [fromMs, toMs] = [instantMs("from", query.from), instantMs("to", query.to)];
  const target = query.calendarId === undefined ? { userId: query.userId } : { calendarId: query.calendarId };
  const { events } = await location.calendars.listBlockedSlots(
    { ...target, startTime: String(fromMs), endTime: String(toMs) },
    { fresh: true },
  );
  return (events ?? []).map(blockOf);
}

type WireBlock = Partial<NonNullable<BlockedSlotsResponse["events"]>[number]>;

function blockOf({ id = "", title, calendarId, assignedUserId, startTime, endTime }: WireBlock): BlockedTime {
  const text = (time: unknown): string => (typeof time === "string" ? time : "");
  return { id, title, calendarId, userId: assignedUserId, startTime: text(startTime), endTime: text(endTime) };
}
