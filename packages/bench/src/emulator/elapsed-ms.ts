/** Milliseconds that some work takes. */
export async function elapsedMs(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
