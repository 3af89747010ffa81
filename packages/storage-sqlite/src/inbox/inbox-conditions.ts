import type { SQLInputValue } from "node:sqlite";
import type { InboxQuery } from "@ghlkit/storage";

/** Conditions of a query, joined, and their values. */
export interface Conditions {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

const columns = {
  since: "received_at >= ?",
  until: "received_at < ?",
  type: "type = ?",
  resource: "resource = ?",
  entity: "entity = ?",
  // Written out for the partial index, which leaves the many out that are done.
  state: "state = ? and state <> 'done'",
} as const satisfies Record<keyof InboxQuery, string>;

/** @returns `true` as the condition where nothing is asked for. */
export function inboxConditions(query: InboxQuery): Conditions {
  const asked = (Object.keys(columns) as (keyof InboxQuery)[]).filter((name) => query[name] !== undefined);
  const clause = (name: keyof InboxQuery): string => (name === "state" && query.state === "done" ? "state = ?" : columns[name]);
  return {
    where: asked.length === 0 ? "true" : asked.map(clause).join(" and "),
    values: asked.map((name) => query[name] ?? null),
  };
}
