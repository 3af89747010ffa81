import { postgresError } from "./postgres-error.ts";
import type { PostgresClient, PostgresPool, PostgresResult } from "./postgres-pool.ts";

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

  /**
   * Runs the action in one transaction of one connection. What the action itself throws is thrown as it is.
   * @param first A statement without parameters that goes out together with `begin`, which saves a round trip; the action gets its row.
   */
  async transaction<Result>(
    action: (transaction: PostgresTransaction, row: Row | undefined) => Promise<{ readonly commit: boolean; readonly result: Result }>,
    first?: string,
  ): Promise<Result> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw postgresError(error);
    });
    // A connection that breaks while it is taken is reported as an event, too, which must not end the process.
    client.on("error", ignore);
    const sql = transactionOn(client, this.#schema);
    try {
      const row = await begin(client, first?.replaceAll("$s.", `${this.#schema}.`));
      const { commit, result } = await action(sql, row);
      await sql.all(commit ? "commit" : "rollback", []);
      client.off("error", ignore);
      client.release();
      return result;
    } catch (error) {
      const undone = await client.query("rollback").then(
        () => true,
        () => false,
      );
      client.off("error", ignore);
      // A connection that cannot even undo is thrown away.
      client.release(!undone);
      throw error;
    }
  }
}

async function begin(client: PostgresClient, first: string | undefined): Promise<Row | undefined> {
  try {
    // `pg` gives a list of results where a text has several statements.
    const answer: unknown = await client.query(first === undefined ? "begin" : `begin; ${first}`);
    return Array.isArray(answer) ? (answer as PostgresResult[]).at(-1)?.rows[0] : undefined;
  } catch (error) {
    throw postgresError(error);
  }
}

/** The statement under way rejects. */
function ignore(): void {}

/** Statements within one transaction. In a statement `$s.` stands for the schema. */
export interface PostgresTransaction {
  /** @throws GhlError `storage`. */
  readonly all: (sql: string, values: unknown[]) => Promise<readonly Row[]>;
}

function transactionOn(client: PostgresClient, schema: string): PostgresTransaction {
  return {
    all: async (sql, values) => {
      try {
        return (await client.query(sql.replaceAll("$s.", `${schema}.`), values)).rows;
      } catch (error) {
        throw postgresError(error);
      }
    },
  };
}
