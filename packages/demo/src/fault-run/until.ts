const patienceMs = 300_000;
const pauseMs = 250;

/**
 * Looks again until it is so: webhooks are late or lost, and a process that was killed starts again.
 * @returns What was seen then.
 * @throws Error of `problem` after five minutes.
 */
export async function until<Seen>(
  look: () => Promise<Seen>,
  isSo: (seen: Seen) => boolean,
  problem: (seen: Seen) => string,
): Promise<Seen> {
  for (const begun = performance.now(); ;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (performance.now() - begun > patienceMs) throw new Error(problem(seen));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
