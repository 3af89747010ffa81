import type { Stored } from "./collection.ts";

export interface Business extends Stored {
  readonly locationId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Phone, address and the like, as given. */
  readonly details: Readonly<Record<string, unknown>>;
}
