import type { JsonObject } from "../verify/parse-body.ts";

/** What a gap is repaired for. */
export type RepairedKind = "contact" | "opportunity" | "message";

/** A record as the API gives it. Times are ms since epoch. */
export interface ChangedRecord {
  readonly id: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Its fields as the API names them. */
  readonly fields: JsonObject;
}

/** What a reader reads. */
export interface ReadOptions {
  /** Id of the location. */
  readonly location: string;
  /** Ms since epoch. */
  readonly since: number;
  /** Ends the read. */
  readonly signal?: AbortSignal | undefined;
}

/** How gap repair reads from the API. `createWebhookReader` of ghlkit makes one of a client, on the `webhook` lane. */
export interface Reader {
  /** Records that were created or changed since then, all of them, in any order. */
  readonly changed: (kind: RepairedKind, options: ReadOptions) => AsyncIterable<ChangedRecord>;
  /** Ids of all records that there are. */
  readonly ids: (kind: "contact" | "opportunity", options: Omit<ReadOptions, "since">) => AsyncIterable<string>;
}
