import { setImmediate as nextTurn } from "node:timers/promises";
import type { Inbox } from "@ghlkit/storage";
import type { SqliteConnection } from "../sqlite-connection.ts";

/** Rows of the index that one statement counts. */
const step = 10_000;

const inState = "from inbox indexed by inbox_state where state = ? and state <> 'done'";

/** Counts what waits and what is dead, in steps: what changes meanwhile may count or not. */
export async function countInbox(connection: SqliteConnection): ReturnType<Inbox["backlog"]> {
  const oldest = await connection.read(
    (sql) => sql.one(`select received_at as at ${inState} order by received_at, seq limit 1`, "waiting")?.["at"],
  );
  const waiting = await countState(connection, "waiting");
  const dead = await countState(connection, "dead");
  return { waiting, dead, ...(typeof oldest === "number" ? { oldestWaitingAt: oldest } : {}) };
}

async function countState(connection: SqliteConnection, state: "waiting" | "dead"): Promise<number> {
  // Rows of one millisecond are found by both columns, those after it by the first.
  const beside = `${inState} and received_at = ? and seq > ? order by seq`;
  const after = `${inState} and received_at > ? order by received_at, seq`;
  let sum = 0;
  let place: readonly [receivedAt: number, seq: number] = [Number.MIN_SAFE_INTEGER, 0];
  for (let isBeside = false; ; await nextTurn()) {
    const [rows, values] = isBeside ? [beside, [state, ...place]] : [after, [state, place[0]]];
    const end = await connection.read((sql) => sql.one(`select received_at, seq ${rows} limit 1 offset ${step - 1}`, ...values));
    if (end !== undefined) {
      sum += step;
      place = [Number(end["received_at"]), Number(end["seq"])];
      isBeside = true;
      continue;
    }
    sum += await connection.read((sql) =>
      Number(sql.one(`select count(*) as count from (select 1 ${rows} limit ${step})`, ...values)?.["count"]),
    );
    if (!isBeside) return sum;
    isBeside = false;
  }
}
