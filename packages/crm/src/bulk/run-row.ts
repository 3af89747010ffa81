import { isGhlError, sleep, untraced, type Clock } from "@ghlkit/core";
import type { BulkContext, BulkOptions, StepResult } from "./bulk-options.ts";
import type { BulkRow } from "./bulk-source.ts";
import type { RowOutcome } from "./bulk-outcome.ts";
import type { DayQuota } from "./day-quota.ts";
import type { Hold } from "./hold.ts";
import { judgeFailure, type RowFailure } from "./row-failure.ts";

/** What all rows of a run share. */
export interface RowRun<Row, Location> {
  readonly options: BulkOptions<Row, Location>;
  readonly clock: Clock;
  readonly hold: Hold;
  readonly day: DayQuota;
  readonly context: Pick<BulkContext<Location>, "location" | "isDryRun" | "signal">;
  readonly keyOf: (line: number) => string;
}

/** Works on a row until it has an outcome. @throws what ends the run, GhlError `aborted` when it is stopped. */
export async function runRow<Row, Location>(row: BulkRow<Row>, isRepeat: boolean, run: RowRun<Row, Location>): Promise<RowOutcome> {
  const { line } = row;
  if ("problem" in row) return { line, outcome: "invalid", detail: row.problem };
  const { attempts = 5, step, trace = untraced } = run.options;
  const { signal } = run.context;
  let mayHaveHappened = isRepeat;
  for (let failures = 0; ;) {
    await run.hold.pass(signal);
    if (!run.day.admit()) continue;
    try {
      const context = { ...run.context, line, key: run.keyOf(line), isRepeat: mayHaveHappened };
      const result = await trace(async () => step(row.row, context), {
        name: "bulk.row",
        attributes: { "ghlkit.bulk.id": run.options.id },
      });
      return outcomeOf(line, result, mayHaveHappened);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const failure = judgeFailure(error);
      if (failure.kind === "row") return { line, outcome: "failed", detail: failure.detail };
      if (failure.kind === "end") throw error;
      if (failure.kind === "retry") {
        mayHaveHappened ||= failure.mayHaveHappened;
        failures += 1;
        if (failures >= attempts) return { line, outcome: "failed", detail: `${failures} attempts: ${failure.detail}` };
        await sleep(Math.min(30_000, 500 * 2 ** failures), signal, run.clock);
      } else wait(failure, run);
    } finally {
      run.day.leave();
    }
  }
}

function wait(failure: RowFailure & { readonly kind: "wait" | "day" }, { hold, day }: Pick<RowRun<never, never>, "hold" | "day">): void {
  if (failure.kind === "day") day.usedUp(failure.resetsAt);
  else hold.holdFor(failure.waitMs, failure.waitingFor);
}

/** The records that outcomes of this package carry. */
interface WithRecord {
  readonly id?: unknown;
  readonly contact?: { readonly id?: unknown };
  readonly opportunity?: { readonly id?: unknown };
}

function outcomeOf(line: number, result: StepResult, mayHaveHappened: boolean): RowOutcome {
  const { id, contact, opportunity } = result as StepResult & WithRecord;
  const record = [id, contact?.id, opportunity?.id].find((one) => typeof one === "string" && one !== "");
  // An earlier attempt may have made it: that it is there now does not show which.
  const outcome = mayHaveHappened && (result.outcome === "updated" || result.outcome === "unchanged") ? "adopted" : result.outcome;
  if (typeof record === "string") return { line, outcome, id: record };
  const { outcome: _, ...rest } = result as unknown as Readonly<Record<string, unknown>>;
  return { line, outcome, ...(Object.keys(rest).length > 0 && { detail: JSON.stringify(rest).slice(0, 500) }) };
}

/** Whether the run was stopped, not its step. */
export function isStopped(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (error === signal.reason || isGhlError(error, "aborted"));
}
