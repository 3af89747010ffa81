import { SlotWindow } from "./slot-window.ts";

/**
 * What a process may do while the shared window cannot be reached: its share of the limit, and nothing before one window has
 * passed, because the slots spent together until then are not known here.
 */
export class FallbackShare {
  readonly since: number;
  readonly #window: SlotWindow;
  #from: number;

  constructor(now: number, limit: number, windowMs: number) {
    this.since = now;
    this.#from = now + windowMs + 1;
    this.#window = new SlotWindow(limit, windowMs, limit);
  }

  free(now: number): number {
    return now < this.#from ? 0 : this.#window.free(now);
  }

  nextFreeAt(now: number): number | undefined {
    const free = this.#window.freeAt(now);
    return free === undefined ? undefined : Math.max(free, this.#from);
  }

  take(): void {
    this.#window.take();
  }

  giveBack(): void {
    this.#window.giveBack();
  }

  settle(now: number): void {
    this.#window.settle(now);
  }

  closeUntil(time: number): void {
    this.#from = Math.max(this.#from, time);
  }

  /** Slots that the shared window should hold once it is back. */
  spent(now: number): number {
    return this.#window.limit - this.#window.free(now);
  }
}
