import type { SQLInputValue } from "node:sqlite";
import type { Principal } from "@ghlkit/core";
import type { Row, Sql } from "./sqlite-connection.ts";

/** One condition and its value; without a value it does not apply. */
export type Condition = readonly [sql: string, value: SQLInputValue | undefined];

export interface PageQuery {
  readonly table: "tokens" | "installations";
  readonly conditions: readonly Condition[];
  readonly after: Principal | undefined;
  readonly pageSize: number;
}

/** The next records after a key, in order. */
export function queryPage(sql: Sql, { table, conditions, after, pageSize }: PageQuery): readonly Row[] {
  const given = conditions.filter(([, value]) => value !== undefined);
  const where = ["(app, kind, resource) > (?, ?, ?)", ...given.map(([condition]) => condition)].join(" and ");
  const values = given.map(([, value]) => value as SQLInputValue);
  const start = [after?.app ?? "", after?.kind ?? "", after?.resource ?? ""];
  return sql.all(`select * from ${table} where ${where} order by app, kind, resource limit ?`, ...start, ...values, pageSize);
}
