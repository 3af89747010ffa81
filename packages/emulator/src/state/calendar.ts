import type { Stored } from "./collection.ts";

export interface Calendar extends Stored {
  readonly locationId: string;
  readonly name: string;
  readonly slug: string;
  readonly isActive: boolean;
  readonly calendarType: string;
  /** The rest as given. */
  readonly details: Readonly<Record<string, unknown>>;
}
