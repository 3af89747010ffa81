import type { RateWindow } from "@ghlkit/storage";
import { exchangeRate, parseRateState, rateWindowOn } from "@ghlkit/storage/engine";
import type { PostgresConnection } from "./postgres-connection.ts";

// The row is locked from the first statement to the commit, so that the callers of a bucket come one after the other.
const lock = `
  insert into $s.rate_windows as old (bucket, body) values ($1, '') on conflict (bucket) do update set body = old.body
  returning body, $s.now_ms() as now`;

/** Rate windows by the database's clock: the clocks of the processes do not matter. */
export function createPostgresRateWindow(connection: PostgresConnection): RateWindow {
  return rateWindowOn((bucket, request) =>
    connection.transaction(async (sql) => {
      const [row] = await sql.all(lock, [bucket]);
      const now = Number(row?.["now"]);
      const body = String(row?.["body"] ?? "");
      const state = parseRateState(body === "" ? undefined : body, now);
      const result = exchangeRate(state, request, now);
      await sql.all("update $s.rate_windows set body = $2 where bucket = $1", [bucket, JSON.stringify(state)]);
      return { commit: true, result };
    }),
  );
}
