/** What a circuit lets through. */
export type CircuitState = "closed" | "open" | "half-open";

export interface CircuitLimits {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** How long it stays open before one probe is let through, in ms. */
  readonly openMs: number;
}

/** What became of a call, as far as the circuit is concerned. */
export type Judgement = "success" | "failure" | "neither";

/** Answer to a call that asks to be sent. A probe is the one call that finds out whether the host is back. */
export type Admission = { readonly admitted: true; readonly probe: boolean } | { readonly admitted: false; readonly retryAfterMs: number };

/** Part of the open time after which those who met a probe under way may ask again. */
const probing = 0.1;

/**
 * The longest wait for the answer of a probe, in ms; then another one goes. A probe whose request has ended never comes back, in a runtime
 * that isolates requests.
 */
const longestProbeMs = 60_000;

/** The circuit of one host: closed until failures come in a row, then open, then one probe at a time. Knows no clock and no call. */
export class Circuit {
  readonly #limits: CircuitLimits;
  #failures = 0;
  #openUntil: number | undefined;
  /** Until when the answer of a probe is waited for. */
  #probeUntil = -Infinity;

  constructor(limits: CircuitLimits) {
    this.#limits = limits;
  }

  state(now: number): CircuitState {
    this.#cap(now);
    if (this.#openUntil === undefined) return "closed";
    return now >= this.#openUntil ? "half-open" : "open";
  }

  /** Whether it is closed and no failure counts: forgetting it changes nothing. */
  isIdle(): boolean {
    return this.#failures === 0 && this.#openUntil === undefined;
  }

  enter(now: number): Admission {
    this.#cap(now);
    if (this.#openUntil === undefined) return { admitted: true, probe: false };
    if (now < this.#openUntil) return { admitted: false, retryAfterMs: this.#openUntil - now };
    if (now < this.#probeUntil) return { admitted: false, retryAfterMs: Math.ceil(this.#limits.openMs * probing) };
    this.#probeUntil = now + longestProbeMs;
    return { admitted: true, probe: true };
  }

  /** Notes how an admitted call ended. Returns whether that opened or closed the circuit. */
  leave(now: number, judgement: Judgement, probe: boolean): "opened" | "closed" | undefined {
    if (probe) this.#probeUntil = -Infinity;
    if (judgement === "neither") return undefined;
    const wasOpen = this.#openUntil !== undefined;
    if (judgement === "success") {
      this.#failures = 0;
      this.#openUntil = undefined;
      return wasOpen ? "closed" : undefined;
    }
    this.#failures += 1;
    // Calls that were under way when it opened say nothing new; a probe that fails keeps it open for another while.
    if (wasOpen ? !probe : this.#failures < this.#limits.failures) return undefined;
    this.#openUntil = now + this.#limits.openMs;
    return wasOpen ? undefined : "opened";
  }

  /** A clock that was set back keeps it open no longer. */
  #cap(now: number): void {
    if (this.#openUntil !== undefined) this.#openUntil = Math.min(this.#openUntil, now + this.#limits.openMs);
    this.#probeUntil = Math.min(this.#probeUntil, now + longestProbeMs);
  }
}
