import { StatementSync } from "node:sqlite";
import { vi } from "vitest";

/** What statements did between two turns of the event loop. */
export interface WatchedStatements {
  /** The most rows that were given or changed in one turn. */
  readonly mostRows: number;
  /** The most rows that were changed in one turn. */
  readonly mostChanged: number;
  /** Text of every statement. */
  readonly sql: ReadonlySet<string>;
}

/** Runs the action and counts the rows of its statements by turn: a measure of a step that does not depend on the machine. */
export async function watchStatements(action: () => Promise<unknown>): Promise<WatchedStatements> {
  const sql = new Set<string>();
  const most = { rows: 0, changed: 0 };
  let turn = { rows: 0, changed: 0 };
  const count = (statement: StatementSync, rows: number, changed = 0): void => {
    sql.add(statement.sourceSQL);
    turn = { rows: turn.rows + rows + changed, changed: turn.changed + changed };
    most.rows = Math.max(most.rows, turn.rows);
    most.changed = Math.max(most.changed, turn.changed);
  };
  const restore = spyOnStatements(count);
  let hasEnded = false;
  const tick = (): void => {
    turn = { rows: 0, changed: 0 };
    if (!hasEnded) setImmediate(tick);
  };
  setImmediate(tick);
  try {
    await action();
  } finally {
    hasEnded = true;
    restore();
  }
  return { mostRows: most.rows, mostChanged: most.changed, sql };
}

type Count = (statement: StatementSync, rows: number, changed?: number) => void;

function spyOnStatements(count: Count): () => void {
  // oxlint-disable-next-line typescript/unbound-method -- called with their own `this` below
  const { all, run, get } = StatementSync.prototype;
  const spies = [
    vi.spyOn(StatementSync.prototype, "all").mockImplementation(function (this: StatementSync, ...values) {
      const rows = all.apply(this, values as never) as never[];
      count(this, rows.length);
      return rows;
    }),
    vi.spyOn(StatementSync.prototype, "run").mockImplementation(function (this: StatementSync, ...values) {
      const result = run.apply(this, values as never);
      count(this, 0, Number(result.changes));
      return result;
    }),
    vi.spyOn(StatementSync.prototype, "get").mockImplementation(function (this: StatementSync, ...values) {
      const row = get.apply(this, values as never);
      count(this, row === undefined ? 0 : 1);
      return row;
    }),
  ];
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}
