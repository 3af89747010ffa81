import type { SQLInputValue } from "node:sqlite";
import type { InboxQuery } from "@ghlkit/storage";
import type { Sql } from "../sqlite-connection.ts";

/** A place in the order of arrival. */
export interface ScanPlace {
  readonly receivedAt: number;
  readonly seq: number;
}

/** A row that was looked at. */
export interface ScannedRow extends ScanPlace {
  /** Whether it meets every condition of the query. */
  readonly isWanted: boolean;
  readonly entity: string;
  readonly state: string;
  /** Length of its body; 0 when that is gone. */
  readonly bytes: number;
}

/** How rows are found: an index, the conditions that it answers, and those that are looked at row by row. */
interface ScanPlan {
  readonly index: string;
  readonly fixed: readonly string[];
  readonly values: readonly SQLInputValue[];
  readonly rest: InboxQuery;
}

/**
 * Looks at up to `most` rows from a place on, in the order of arrival or against it. A look takes the same time however many rows there
 * are, and however few of them are wanted: go on from the last row, until there are fewer than `most`.
 */
export function scanInbox(
  sql: Sql,
  query: InboxQuery,
  options: { readonly from: ScanPlace | undefined; readonly most: number; readonly newestFirst: boolean },
): readonly ScannedRow[] {
  const { from, most, newestFirst } = options;
  const plan = planScan(query);
  const [beyond, order] = newestFirst ? ["<", "desc"] : [">", "asc"];
  // Rows of the same millisecond first: SQLite finds them by both columns only if one of them is equal.
  const beside =
    from === undefined ? [] : look(sql, plan, [`received_at = ? and seq ${beyond} ?`, [from.receivedAt, from.seq]], order, most);
  if (beside.length >= most) return beside;
  const range: [string, SQLInputValue[]] = from === undefined ? ["true", []] : [`received_at ${beyond} ?`, [from.receivedAt]];
  return [...beside, ...look(sql, plan, range, order, most - beside.length)];
}

const isWanted = ({ type, resource, entity, state }: InboxQuery): readonly (readonly [string, SQLInputValue])[] =>
  Object.entries({ type, resource, entity, state }).flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]));

function look(
  sql: Sql,
  { index, fixed, values, rest }: ScanPlan,
  [place, placeValues]: readonly [string, readonly SQLInputValue[]],
  order: string,
  most: number,
): readonly ScannedRow[] {
  const conditions = isWanted(rest);
  const wanted = conditions.length === 0 ? "1" : conditions.map(([column]) => `${column} is ?`).join(" and ");
  const rows = sql.all(
    `select seq, received_at, entity, state, coalesce(length(body), 0) as bytes, ${wanted} as wanted from inbox indexed by ${index}
      where ${[...fixed, place].join(" and ")} order by received_at ${order}, seq ${order} limit ?`,
    ...conditions.map(([, value]) => value),
    ...values,
    ...placeValues,
    most,
  );
  return rows.map((row) => ({
    seq: Number(row["seq"]),
    receivedAt: Number(row["received_at"]),
    entity: String(row["entity"]),
    state: String(row["state"]),
    bytes: Number(row["bytes"]),
    isWanted: row["wanted"] === 1,
  }));
}

/** Takes the index that leaves the fewest rows. All of them end in the order of arrival. */
function planScan({ since, until, type, resource, entity, state }: InboxQuery): ScanPlan {
  const [index, by] = chooseIndex({ type, resource, entity, state });
  const rest = { type, resource, entity, state };
  const fixed: string[] = [];
  const values: SQLInputValue[] = [];
  for (const name of by) {
    fixed.push(`${name} = ?`);
    values.push(rest[name] as string);
    rest[name] = undefined;
  }
  // Said once more for the partial index, which leaves the many out that are done.
  if (index === "inbox_state") fixed.push("state <> 'done'");
  if (since !== undefined) fixed.push("received_at >= ?");
  if (until !== undefined) fixed.push("received_at < ?");
  values.push(...[since, until].filter((time) => time !== undefined));
  return { index, fixed, values, rest: rest as InboxQuery };
}

type Column = "type" | "resource" | "entity" | "state";

function chooseIndex(asked: Readonly<Record<Column, string | undefined>>): readonly [string, readonly Column[]] {
  const { type, resource, entity, state } = asked;
  if (entity !== undefined) return ["inbox_entity", ["entity"]];
  if (state !== undefined && state !== "done") return ["inbox_state", ["state"]];
  if (resource !== undefined) return type === undefined ? ["inbox_resource", ["resource"]] : ["inbox_resource_type", ["resource", "type"]];
  return type === undefined ? ["inbox_time", []] : ["inbox_type", ["type"]];
}
