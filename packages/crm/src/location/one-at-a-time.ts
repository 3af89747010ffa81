/** Runs works that share a key one after the other, and all others at once. */
export function oneAtATime(): <Result>(keys: readonly string[], work: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return (keys, work) => {
    const before = keys.map((key) => last.get(key)).filter((one) => one !== undefined);
    // Each only waits for works that were there before it, so that none waits in a circle.
    const result = before.length === 0 ? work() : Promise.allSettled(before).then(work);
    for (const key of keys) last.set(key, result);
    const end = (): void => {
      for (const key of keys) if (last.get(key) === result) last.delete(key);
    };
    result.then(end, end);
    return result;
  };
}
