import { postgresError } from "./postgres-error.ts";
import type { PostgresPool } from "./postgres-pool.ts";

export type Row = Readonly<Record<string, unknown>>;

/** A pool and a schema. In a statement `$s.` stands for the schema. */
export class PostgresConnection {
  readonly #pool: PostgresPool;
  readonly #schema: string;

  constructor(pool: PostgresPool, schema: string) {
    this.#pool = pool;
    this.#schema = schema;
  }

  async all(sql: string, values: unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.#pool.query(sql.replaceAll("$s.", `${this.#schema}.`), values)).rows;
    } catch (error) {
      throw postgresError(error);
    }
  }

  async one(sql: string, values: unknown[]): Promise<Row | undefined> {
    return (await this.all(sql, values))[0];
  }
}
