import { ghlError, type CallContext } from "@ghlkit/core";
import { unsentOrigin } from "./refusals.ts";

/**
 * What a bucket knows of an open circuit. Calls that wait for a slot are held back: queued calls survive an outage. An
 * `interactive` call that has not waited fails at once.
 */
export class Outage {
  #until = 0;
  #forMs = 0;

  begin(now: number, forMs: number): void {
    this.#until = now + forMs;
    this.#forMs = forMs;
  }

  /** The platform answered. */
  end(): void {
    this.#until = 0;
  }

  /** How long it goes on for; never longer than was said, should the clock be set back. */
  leftMs(now: number): number {
    return Math.max(0, Math.min(this.#until - now, this.#forMs));
  }

  /** @throws GhlError `circuit_open` for an `interactive` call while it lasts. */
  check(context: CallContext, now: number): void {
    const retryAfterMs = this.leftMs(now);
    if (retryAfterMs === 0 || context.priority !== "interactive") return;
    const message = `The platform failed again and again: no call is sent for ${retryAfterMs} ms.`;
    throw ghlError("circuit_open", message, { retryAfterMs }, unsentOrigin(context));
  }
}
