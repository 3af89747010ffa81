/** A run of steps that was gone on with. */
interface ResumedRun {
  readonly id: string;
  readonly outcome: string;
  readonly error?: unknown;
}

/** Goes on with what a crash or an outage has left unfinished. A run that fails again is logged, and is tried the next time. */
export async function resumeRuns<Run extends ResumedRun>(runs: AsyncIterable<Run>, onRun: (run: Run) => void = () => {}): Promise<void> {
  for await (const run of runs) {
    if (run.outcome === "failed") console.error(`${run.id} goes on later:`, run.error);
    onRun(run);
  }
}
