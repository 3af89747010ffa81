import type { DeliveryState, StoredDelivery } from "./inbox-delivery.ts";

/** Which deliveries; every condition given must hold. Times are ms since epoch. */
export interface InboxQuery {
  /** Received at or after. */
  readonly since?: number;
  /** Received before. */
  readonly until?: number;
  readonly type?: string;
  readonly resource?: string;
  readonly entity?: string;
  readonly state?: DeliveryState;
}

/** A query for one page. */
export interface InboxPageQuery extends InboxQuery {
  /**
   * Deliveries of a page.
   * @default 100, at most 1,000
   */
  readonly limit?: number;
  /** Cursor of the page before. */
  readonly after?: string;
}

/** One page, newest arrival first. */
export interface InboxPage {
  readonly deliveries: readonly StoredDelivery[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Where the inbox stands. */
export interface InboxBacklog {
  readonly waiting: number;
  readonly dead: number;
  /** Arrival of the oldest delivery that waits. */
  readonly oldestWaitingAt?: number;
}

/** A time in which no receiver was alive, or none could write. */
export interface InboxGap {
  readonly id: number;
  /** Last sign of life before, ms since epoch. */
  readonly from: number;
  /** First sign of life after. */
  readonly to: number;
}
