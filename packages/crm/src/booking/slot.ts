import type { Instant } from "../time/instant.ts";

/** A stretch of time in which a calendar can be booked. It is plain data: it may travel through a page and back. */
export interface Slot {
  readonly calendarId: string;
  /** ISO 8601 with the offset of `zone`. */
  readonly startTime: string;
  /** ISO 8601 with the offset of `zone`. */
  readonly endTime: string;
  /** The zone that was asked for: the visitor's. IANA name. */
  readonly zone: string;
  /** The same stretch as the calendar's owner sees it. */
  readonly inCalendar: {
    readonly startTime: string;
    readonly endTime: string;
    /** IANA name. */
    readonly zone: string;
  };
}

/** Which slots. */
export interface SlotQuery {
  readonly calendarId: string;
  /** @default now */
  readonly from?: Instant;
  /**
   * No slot starts after it. Any stretch will do: it is asked for in parts of 31 days, the most that the platform answers.
   * @default 31 days after `from`
   */
  readonly to?: Instant;
  /**
   * The zone of `startTime` and `endTime`, such as `Pacific/Auckland`: the visitor's, as `Intl.DateTimeFormat().resolvedOptions().timeZone` names it.
   * @default the calendar's own
   */
  readonly zone?: string;
  /** Slots of these users of the calendar's team alone. @default all */
  readonly teamMembers?: readonly string[];
  /** Ends it: the error is `aborted`. */
  readonly signal?: AbortSignal;
}

/** A slot that is to be booked: one of `slots`, or its calendar and times. */
export interface WantedSlot {
  readonly calendarId: string;
  readonly startTime: Instant;
  /** @default as long as the calendar's slots */
  readonly endTime?: Instant;
}
