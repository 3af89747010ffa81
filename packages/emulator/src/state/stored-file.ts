import type { Stored } from "./collection.ts";

/** An uploaded file that its URL serves. */
export interface StoredFile extends Stored {
  readonly locationId: string;
  readonly name: string;
  readonly type: string;
  /** Plain text in base64: snapshots are plain data. */
  readonly content: string;
}
