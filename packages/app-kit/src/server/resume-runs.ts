import { isGhlError } from "@ghlkit/core";
import { Refusal } from "./error-sentence.ts";

/** A run of steps that was gone on with. */
interface ResumedRun {
  readonly id: string;
  readonly outcome: string;
  readonly error?: unknown;
}

/** Goes on with what a crash or an outage has left unfinished. A run that fails again is logged, and is tried the next time. */
export async function resumeRuns<Run extends ResumedRun>(runs: AsyncIterable<Run>, onRun: (run: Run) => void = () => {}): Promise<void> {
  for await (const run of runs) {
    if (run.outcome === "failed") console.error(`${run.id} goes on later:`, isGhlError(run.error) ? run.error.message : run.error);
    onRun(run);
  }
}

/** Does something with each. An outage or a refusal of one is for the next time, and stops no other; what is wrong here is logged. */
export async function tryEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (!isGhlError(error) && !(error instanceof Refusal)) console.error(error);
    }
  }
}
