import { cpus } from "node:os";

const patienceMs = 30_000;
const lookMs = 1500;

/**
 * Waits until the machine has nothing else to do, so that a figure is of what it names. Gives up after half a minute: the figure is
 * then of a busy machine, which its `against` shows.
 */
export async function idleMachine(): Promise<void> {
  for (const until = performance.now() + patienceMs; performance.now() < until;) if ((await busyShare()) < 0.1) return;
}

/** Share of all cores that is at work, over a moment. */
async function busyShare(): Promise<number> {
  const before = coreTimes();
  await new Promise((resolve) => setTimeout(resolve, lookMs));
  const after = coreTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function coreTimes(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((core) => core.times);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.map((each) => sum(Object.values(each)))) };
}
