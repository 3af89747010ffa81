import type { ClaimedDelivery } from "@ghlkit/storage";
import type { PostgresConnection, PostgresTransaction } from "../postgres-connection.ts";

/** How a claim ends. */
export interface Finish {
  readonly claimed: ClaimedDelivery;
  readonly state: "done" | "ignored" | "dead";
  readonly error?: string;
}

const finishMany = "select seq from $s.inbox_finish($1, $2, $3, $4, $5, $6) as seq";
const finishOne = "select $s.inbox_finish_one($1, $2, $3, $4, $5) as finished";

/** Ends many claims in one transaction; `true` for each that was still held. */
export async function finishDeliveries(connection: PostgresConnection, finishes: readonly Finish[]): Promise<readonly boolean[]> {
  const column = <Value>(pick: (finish: Finish) => Value): Value[] => finishes.map(pick);
  const rows = await connection.all(finishMany, [
    column(({ claimed }) => claimed.delivery.seq),
    column(({ claimed }) => claimed.delivery.entity),
    column(({ claimed }) => claimed.fence),
    column(({ state }) => state),
    column(({ error }) => error ?? null),
    column(({ claimed }) => claimed.delivery.occurredAt),
  ]);
  const ended = new Set(rows.map(({ seq }) => Number(seq)));
  return finishes.map(({ claimed }) => ended.delete(claimed.delivery.seq));
}

/** Whether a claim still holds its lane, as a statement without parameters: the text goes in as hex digits, the fence as a number. */
export function isHeld({ delivery, fence }: ClaimedDelivery): string {
  const entity = Buffer.from(delivery.entity, "utf8").toString("hex");
  return `select $s.inbox_holds(convert_from(decode('${entity}', 'hex'), 'UTF8'), ${Number(fence)}) as held`;
}

/** Ends one claim well, within a transaction; `false` when it is not held any more. */
export async function finishWithin(transaction: PostgresTransaction, { claimed, state }: Finish): Promise<boolean> {
  const { delivery, fence } = claimed;
  const [row] = await transaction.all(finishOne, [delivery.seq, delivery.entity, fence, state, delivery.occurredAt]);
  return row?.["finished"] === true;
}
