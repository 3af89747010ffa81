import type { Stored } from "./collection.ts";

export interface Workflow extends Stored {
  readonly name: string;
  readonly status: "draft" | "published";
  readonly version: number;
  readonly locationId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Campaign extends Stored {
  readonly name: string;
  readonly status: string;
  readonly locationId: string;
}

export interface Calendar extends Stored {
  readonly locationId: string;
  readonly name: string;
  readonly slug: string;
  readonly isActive: boolean;
  readonly calendarType: string;
  /** The rest as given. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Business extends Stored {
  readonly locationId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Phone, address and the like, as given. */
  readonly details: Readonly<Record<string, unknown>>;
}
