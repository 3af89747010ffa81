import type { Inbox, InboxGap } from "@ghlkit/storage";
import { checkTtl } from "@ghlkit/storage/engine";
import type { PostgresConnection, Row } from "../postgres-connection.ts";

// The row is locked before it is read: of two receivers that come back at once, one finds the gap.
const beat = `
  with last as (select at from $s.inbox_beat where id = 1 for update),
    beaten as (
      insert into $s.inbox_beat as beat (id, at) values (1, $s.now_ms())
        on conflict (id) do update set at = greatest(beat.at, excluded.at) returning at
    )
  insert into $s.inbox_gaps (from_at, to_at)
    select last.at, beaten.at from last, beaten where beaten.at - last.at > $1 returning *`;

/** Signs of life and the gaps between them. */
export function createInboxGaps(connection: PostgresConnection): Pick<Inbox, "beat" | "gaps" | "closeGap"> {
  return {
    beat: async ({ gapAfterMs }) => {
      const row = await connection.one(beat, [checkTtl(gapAfterMs)]);
      return row === undefined ? {} : { gap: gapOf(row) };
    },
    gaps: async () => (await connection.all("select * from $s.inbox_gaps order by id limit 1000", [])).map(gapOf),
    closeGap: async (id) => {
      await connection.all("delete from $s.inbox_gaps where id = $1", [id]);
    },
  };
}

function gapOf(row: Row): InboxGap {
  return { id: Number(row["id"]), from: Number(row["from_at"]), to: Number(row["to_at"]) };
}
