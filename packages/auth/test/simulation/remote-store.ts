import type { SimulatedProcess, Simulation } from "./simulation.ts";

export interface RemoteStoreOptions {
  /** The process that asks. */
  readonly process: SimulatedProcess;
  /** Whether a method fails now, without doing its work. */
  readonly isAway?: (method: string) => boolean;
  /** Chance that the answer gets lost after the work. */
  readonly lostAnswers?: () => number;
}

/** A store at the other end of a simulated network: its work is done at once when the request arrives. Lists come whole. */
export function remoteStore<Store extends object>(simulation: Simulation, store: () => Store, options: RemoteStoreOptions): Store {
  const { process, isAway = () => false, lostAnswers = () => 0 } = options;
  const travel = (to?: SimulatedProcess): Promise<void> => simulation.travel(simulation.between(0, 6), to);

  async function call(name: string, input: readonly unknown[]): Promise<unknown> {
    await travel();
    if (isAway(name)) {
      await travel(process);
      throw new Error("the store is away");
    }
    const method = Reflect.get(store(), name) as (...args: readonly unknown[]) => Promise<unknown>;
    const result = await method(...input).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    await travel(process);
    if ("error" in result) throw result.error;
    if (simulation.random() < lostAnswers()) throw new Error("the store is away: its answer was lost");
    return result.value;
  }

  async function* list(input: readonly unknown[]): AsyncGenerator<unknown, void, undefined> {
    await travel(process);
    const method = Reflect.get(store(), "list") as (...args: readonly unknown[]) => AsyncIterable<unknown>;
    for await (const item of method(...input)) {
      yield item;
      await travel(process);
    }
  }

  return new Proxy({} as Store, {
    get:
      (_none, name) =>
      (...input: readonly unknown[]) =>
        name === "list" ? list(input) : call(String(name), input),
  });
}
