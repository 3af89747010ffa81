import type { Stored } from "./collection.ts";

export interface Workflow extends Stored {
  readonly name: string;
  readonly status: "draft" | "published";
  readonly version: number;
  readonly locationId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}
