import type { RateWindow } from "@ghlkit/storage";
import { exchangeRate, parseRateState, rateWindowOn } from "@ghlkit/storage/engine";
import type { SqliteConnection } from "./sqlite-connection.ts";

const upsert = "insert into rate_windows (bucket, body) values (?, ?) on conflict (bucket) do update set body = excluded.body";

/**
 * Rate windows in the file, for the processes of one machine. Time is the machine's own steady clock, which all of them share
 * and that is never set: a wrong or corrected wall clock does not matter.
 */
export function createSqliteRateWindow(connection: SqliteConnection, steadyNow: () => number): RateWindow {
  return rateWindowOn((bucket, request) =>
    connection.write((sql) => {
      const now = Math.trunc(steadyNow());
      const row = sql.one("select body from rate_windows where bucket = ?", bucket);
      const state = parseRateState(row === undefined ? undefined : String(row["body"]), now);
      const grant = exchangeRate(state, request, now);
      sql.run(upsert, bucket, JSON.stringify(state));
      return grant;
    }),
  );
}
