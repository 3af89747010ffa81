import type { Inbox, InboxGap } from "@ghlkit/storage";
import { checkTtl } from "@ghlkit/storage/engine";
import type { Row, SqliteConnection } from "../sqlite-connection.ts";

/** Signs of life and the gaps between them, in the file. */
export function createInboxGaps(connection: SqliteConnection): Pick<Inbox, "beat" | "gaps" | "closeGap"> {
  return {
    beat: async ({ gapAfterMs }) => {
      checkTtl(gapAfterMs);
      return connection.write((sql): { gap?: InboxGap } => {
        const to = connection.now();
        const from = sql.one("select at from inbox_beat")?.["at"];
        sql.run("insert into inbox_beat (id, at) values (1, ?) on conflict (id) do update set at = max(at, excluded.at)", to);
        if (from === undefined || to - Number(from) <= gapAfterMs) return {};
        const row = sql.one("insert into inbox_gaps (from_at, to_at) values (?, ?) returning *", Number(from), to);
        return row === undefined ? {} : { gap: gapOf(row) };
      });
    },
    gaps: () => connection.read((sql) => sql.all("select * from inbox_gaps order by id limit 1000").map(gapOf)),
    closeGap: async (id) => {
      await connection.write((sql) => sql.run("delete from inbox_gaps where id = ?", id));
    },
  };
}

function gapOf(row: Row): InboxGap {
  return { id: Number(row["id"]), from: Number(row["from_at"]), to: Number(row["to_at"]) };
}
