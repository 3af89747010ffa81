import { Circuit, type CircuitLimits } from "./circuit.ts";

/** Circuits by key, each made when it is first asked for. Those that have nothing to remember are dropped from time to time. */
export class Circuits {
  readonly #limits: CircuitLimits;
  readonly #circuits = new Map<string, Circuit>();
  #sweepAt = 64;

  constructor(limits: CircuitLimits) {
    this.#limits = limits;
  }

  of(key: string): Circuit {
    const known = this.#circuits.get(key);
    if (known !== undefined) return known;
    if (this.#circuits.size >= this.#sweepAt) this.#sweep();
    const made = new Circuit(this.#limits);
    this.#circuits.set(key, made);
    return made;
  }

  #sweep(): void {
    for (const [key, circuit] of this.#circuits) if (circuit.isIdle()) this.#circuits.delete(key);
    this.#sweepAt = Math.max(64, this.#circuits.size * 2);
  }
}
