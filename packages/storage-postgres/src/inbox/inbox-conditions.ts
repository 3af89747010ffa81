import type { InboxQuery } from "@ghlkit/storage";

/** Conditions of a query, joined, and their values, which are numbered from 1. */
export interface Conditions {
  readonly where: string;
  readonly values: readonly unknown[];
}

const columns = {
  since: "received_at >= ",
  until: "received_at < ",
  type: "type = ",
  resource: "resource = ",
  entity: "entity = ",
  state: "state = ",
} as const satisfies Record<keyof InboxQuery, string>;

/** @returns `true` as the condition where nothing is asked for. */
export function inboxConditions(query: InboxQuery): Conditions {
  const asked = (Object.keys(columns) as (keyof InboxQuery)[]).filter((name) => query[name] !== undefined);
  const clauses = asked.map((name, at) => `${columns[name]}$${at + 1}`);
  // Said once more for the partial index, which leaves the many out that are done.
  if (query.state !== undefined && query.state !== "done") clauses.push("state <> 'done'");
  return { where: clauses.length === 0 ? "true" : clauses.join(" and "), values: asked.map((name) => query[name]) };
}
