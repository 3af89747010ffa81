import type { ClaimedDelivery, Inbox } from "@ghlkit/storage";
import { checkClaim, checkDelivery, checkTtl, createBatches, createWatchers, decodeDelivery } from "@ghlkit/storage/engine";
import type { PostgresConnection, Row, PostgresTransaction } from "../postgres-connection.ts";
import { finishDeliveries, finishWithin, isHeld, type Finish } from "./finish-deliveries.ts";
import { createInboxGaps } from "./inbox-gaps.ts";
import { createInboxQueries } from "./inbox-queries.ts";
import { insertDeliveries } from "./insert-deliveries.ts";

/** Most changes of one commit. */
const mostPerCommit = 200;

const setDue = "update $s.inbox_lanes set due_at = $s.now_ms() + $3 where entity = $1 and fence = $2 returning 1";
const giveBack = `
  with freed as (update $s.inbox_lanes set due_at = $s.now_ms() + $3, fence = 0 where entity = $1 and fence = $2 returning 1)
  update $s.inbox set attempts = attempts - $5, error = coalesce($6, error) where seq = $4 and exists (select 1 from freed) returning 1`;
const claimDue = "select * from $s.inbox_take($1, $2)";

/** The inbox in a PostgreSQL schema, for any number of receivers and workers. Inserts and plain completions share commits. */
export function createPostgresInbox(connection: PostgresConnection): Inbox<PostgresTransaction> {
  const watchers = createWatchers();
  const insert = createBatches({ run: (deliveries: readonly Parameters<typeof checkDelivery>[0][]) => insertDeliveries(connection, deliveries), most: mostPerCommit }); // prettier-ignore
  const finish = createBatches({ run: (finishes: readonly Finish[]) => finishDeliveries(connection, finishes), most: mostPerCommit });
  const leave = async ({ delivery, fence }: ClaimedDelivery, dueInMs: number, attempts: number, error: string | null): Promise<boolean> =>
    (await connection.one(giveBack, [delivery.entity, fence, Math.ceil(dueInMs), delivery.seq, attempts, error])) !== undefined;

  return {
    insert: async (delivery) => {
      const fresh = await insert(checkDelivery(delivery));
      if (fresh) watchers.notify();
      return fresh ? "new" : "duplicate";
    },
    claim: async (options) => {
      checkClaim(options);
      return (await connection.all(claimDue, [options.limit, options.leaseMs])).map(claimedOf);
    },
    renew: async ({ delivery, fence }, { leaseMs }) => ({
      held: (await connection.one(setDue, [delivery.entity, fence, checkTtl(leaseMs)])) !== undefined,
    }),
    complete: async (claimed, state, effect) => {
      if (effect === undefined) return { completed: await finish({ claimed, state }) };
      const completed = await connection.transaction(async (transaction, lane) => {
        if (lane?.["held"] !== true) return { commit: false, result: false };
        await effect(transaction);
        // Last, because it locks the lane that new deliveries enter.
        const held = await finishWithin(transaction, { claimed, state });
        return { commit: held, result: held };
      }, isHeld(claimed));
      return { completed };
    },
    fail: async (claimed, { error, retryInMs }) => ({
      failed: await (retryInMs === undefined ? finish({ claimed, state: "dead", error }) : leave(claimed, retryInMs, 0, error)),
    }),
    release: async (claimed) => {
      await leave(claimed, 0, 1, null);
    },
    ...createInboxQueries(connection, watchers),
    ...createInboxGaps(connection),
    watch: watchers.add,
  };
}

function claimedOf(row: Row): ClaimedDelivery {
  return { delivery: decodeDelivery(row), stale: row["stale"] === true, fence: Number(row["fence"]) };
}
