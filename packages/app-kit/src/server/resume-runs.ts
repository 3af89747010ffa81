import { isGhlError, type GhlErrorCode } from "@ghlkit/core";
import { Refusal } from "./error-sentence.ts";

/** A run of steps that was gone on with. */
interface ResumedRun {
  readonly id: string;
  readonly outcome: string;
  readonly error?: unknown;
}

/** Goes on with what a crash or an outage has left unfinished. A run that fails again is tried the next time, and logged unless it is an outage. */
export async function resumeRuns<Run extends ResumedRun>(runs: AsyncIterable<Run>, onRun: (run: Run) => void = () => {}): Promise<void> {
  for await (const run of runs) {
    if (run.outcome === "failed") logUnlessPassing(run.error, `${run.id} goes on later: `);
    onRun(run);
  }
}

/** They pass by themselves: the next time it goes on. */
const passing: ReadonlySet<GhlErrorCode> = new Set([
  "server",
  "network",
  "timeout",
  "circuit_open",
  "queue_full",
  "rate_burst",
  "rate_daily",
  "outcome_unknown",
  "in_progress",
  "aborted",
]);

/** Does something with each. An outage or a refusal of one is for the next time; any other failure is logged. None stops the others. */
export async function tryEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      logUnlessPassing(error);
    }
  }
}

function logUnlessPassing(error: unknown, before = ""): void {
  if (error instanceof Refusal || (isGhlError(error) && passing.has(error.code))) return;
  // The message alone: an error of the client holds the request.
  if (isGhlError(error)) console.error(`${before}${error.code}: ${error.message}`);
  else console.error(...(before === "" ? [] : [before]), error);
}
