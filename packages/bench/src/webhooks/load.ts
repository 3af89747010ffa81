import type { HttpLine } from "./http-line.ts";

/** Sends as fast as the lines take it. @returns Events per second. */
export async function flood(lines: readonly HttpLine[], requests: readonly Buffer[]): Promise<number> {
  const started = performance.now();
  let next = 0;
  const send = async (line: HttpLine): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) await line.post(request);
  };
  await Promise.all(lines.map(send));
  return (requests.length / (performance.now() - started)) * 1000;
}

/**
 * Sends at a rate, whatever comes back.
 * @returns How long each took, in ms, from the moment it was due: neither a sender that falls behind nor a line that is not free hides a wait.
 */
export async function paced(lines: readonly HttpLine[], requests: readonly Buffer[], perSecond: number): Promise<readonly number[]> {
  const free = [...lines];
  const queue: ((line: HttpLine) => void)[] = [];
  const started = performance.now();
  const send = async (request: Buffer, due: number): Promise<number> => {
    const line = free.pop() ?? (await new Promise<HttpLine>((resolve) => queue.push(resolve)));
    await line.post(request);
    const took = performance.now() - due;
    const next = queue.shift();
    if (next === undefined) free.push(line);
    else next(line);
    return Math.max(0, took);
  };
  const waits: Promise<number>[] = [];
  for (const [at, request] of requests.entries()) {
    const due = started + (at / perSecond) * 1000;
    const dueInMs = due - performance.now();
    if (dueInMs > 1) await new Promise((resolve) => setTimeout(resolve, dueInMs));
    waits.push(send(request, due));
  }
  return Promise.all(waits);
}

/** Does something with every item, so many at a time. */
export async function inFlight<Item>(count: number, items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const hand = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await act(item);
  };
  await Promise.all(Array.from({ length: count }, hand));
}
