import type { Principal } from "@ghlkit/core";
import type { PostgresConnection, Row } from "./postgres-connection.ts";

/** One condition in which `?` stands for its value; without a value it does not apply. */
export type Condition = readonly [sql: string, value: unknown];

export interface PageQuery {
  readonly table: "tokens" | "installations";
  readonly conditions: readonly Condition[];
  readonly after: Principal | undefined;
  readonly pageSize: number;
}

/** The next records after a key, in order. */
export function queryPage(connection: PostgresConnection, { table, conditions, after, pageSize }: PageQuery): Promise<readonly Row[]> {
  const values: unknown[] = [after?.app ?? "", after?.kind ?? "", after?.resource ?? "", pageSize];
  const where = ["(app, kind, resource) > ($1, $2, $3)"];
  for (const [sql, value] of conditions) {
    if (value === undefined) continue;
    values.push(value);
    where.push(sql.replace("?", `$${values.length}`));
  }
  return connection.all(`select * from $s.${table} where ${where.join(" and ")} order by app, kind, resource limit $4`, values);
}
