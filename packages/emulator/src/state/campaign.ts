import type { Stored } from "./collection.ts";

export interface Campaign extends Stored {
  readonly name: string;
  readonly status: string;
  readonly locationId: string;
}
