import type { Pool } from "pg";

/** What the handlers of the benchmark write: a row for each time an event was handled, in the order of its handling. */
export const createEffects = `
  create table effects (at bigint generated always as identity primary key, id text, entity text, occurred_at bigint, stale boolean)`;
export const insertEffect = "insert into effects (id, entity, occurred_at, stale) values ($1, $2, $3, $4)";

/** Waits until there are so many. @throws when no new one has come for 20 seconds. */
export async function waitForEffects(pool: Pool, count: number): Promise<void> {
  for (let [seen, since] = [0, performance.now()]; seen < count; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const now = await number(pool, "select count(*) as value from effects");
    if (now > seen) [seen, since] = [now, performance.now()];
    if (performance.now() - since > 20_000) throw new Error(`Only ${seen} of ${count} events were handled.`);
  }
}

/** What must not be in them. */
export interface EffectFaults {
  readonly twice: number;
  /** Older than one that was handled before of the same entity, and not said to be. */
  readonly outOfOrder: number;
}

export async function faultsOfEffects(pool: Pool): Promise<EffectFaults> {
  const older = `select e.*, max(occurred_at) over (partition by entity order by at rows between unbounded preceding and 1 preceding) as before from effects e`;
  return {
    twice: await number(pool, "select count(*) - count(distinct id) as value from effects"),
    outOfOrder: await number(pool, `select count(*) as value from (${older}) o where occurred_at < before and not stale`),
  };
}

async function number(pool: Pool, query: string): Promise<number> {
  const { rows } = await pool.query<{ value: string }>(query);
  return Number(rows[0]?.value);
}
