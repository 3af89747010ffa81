import type { InboxQuery } from "../inbox/inbox-query.ts";

/** Conditions of a query, joined, and their values, which are numbered from 1. */
export interface InboxConditions {
  readonly where: string;
  readonly values: readonly (string | number)[];
}

const columns = {
  since: "received_at >= ",
  until: "received_at < ",
  type: "type = ",
  resource: "resource = ",
  entity: "entity = ",
  state: "state = ",
} as const satisfies Record<keyof InboxQuery, string>;

/**
 * A query in SQL.
 * @param mark What a numbered parameter begins with: `?` in SQLite, `$` in PostgreSQL.
 * @returns `true` as the condition where nothing is asked for.
 */
export function inboxConditions(query: InboxQuery, mark: "?" | "$"): InboxConditions {
  const asked = (Object.keys(columns) as (keyof InboxQuery)[]).flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [{ name, value }];
  });
  const clauses = asked.map(({ name }, at) => `${columns[name]}${mark}${at + 1}`);
  // Said once more for the partial index, which leaves the many out that are done.
  if (query.state !== undefined && query.state !== "done") clauses.push("state <> 'done'");
  return { where: clauses.length === 0 ? "true" : clauses.join(" and "), values: asked.map(({ value }) => value) };
}
