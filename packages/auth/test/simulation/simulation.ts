import { createHash } from "node:crypto";
import type { Clock } from "@ghlkit/core";
import { vi } from "vitest";

const startedAt = 1_700_000_000_000;

interface Task {
  readonly at: number;
  readonly order: number;
  readonly process: SimulatedProcess | undefined;
  readonly run: () => void;
}

/** A process of the simulation: what reaches it while it is paused waits, and timers run before what stands in the sockets, as in Node. */
export class SimulatedProcess {
  readonly clock: Clock;
  /** How far its wall clock was stepped, ms. */
  stepped = 0;
  isPaused = false;
  isDead = false;
  readonly timers: Task[] = [];
  readonly sockets: Task[] = [];

  constructor(simulation: Simulation) {
    this.clock = {
      now: () => startedAt + simulation.nowMs + this.stepped,
      monotonic: () => simulation.nowMs,
      after: (ms, action) => {
        let cancelled = false;
        const run = (): void => (cancelled ? undefined : action());
        simulation.schedule(ms, run, this, "timer");
        return () => void (cancelled = true);
      },
    };
  }
}

/**
 * Virtual time and a seeded order of events: the same numbers give the same run, and nothing waits for a real timer. Stores, platform and
 * processes talk through {@link travel}, so that every message takes its time and finds its process running, paused or dead.
 */
export class Simulation {
  nowMs = 0;
  readonly #random: () => number;
  readonly #tasks: Task[] = [];
  #order = 0;

  /** @param random A number from 0 up to 1, seeded. */
  constructor(random: () => number) {
    this.#random = random;
  }

  random(): number {
    return this.#random();
  }

  between(from: number, to: number): number {
    return from + this.#random() * (to - from);
  }

  /** Wall clock of the servers: never stepped. */
  readonly serverNow = (): number => startedAt + this.nowMs;

  schedule(delayMs: number, run: () => void, process?: SimulatedProcess, kind: "timer" | "socket" = "socket"): void {
    const task = { at: this.nowMs + Math.max(0, delayMs), order: (this.#order += 1), process, run };
    if (kind === "timer" && process !== undefined) timerTasks.add(task);
    this.#tasks.push(task);
  }

  /** Resolves after a way of so many ms, at the server or, with a process, as soon as that runs. A dead process hears nothing more. */
  travel(ms: number, process?: SimulatedProcess): Promise<void> {
    return new Promise((resolve) => this.schedule(ms, resolve, process));
  }

  pause(process: SimulatedProcess): void {
    process.isPaused = true;
  }

  resume(process: SimulatedProcess): void {
    process.isPaused = false;
    for (const task of [...process.timers.splice(0), ...process.sockets.splice(0)]) this.#tasks.push({ ...task, at: this.nowMs });
  }

  /** Runs everything that falls due within so many ms. */
  async run(forMs: number): Promise<void> {
    const until = this.nowMs + forMs;
    await settled();
    for (;;) {
      const task = this.#next(until);
      if (task === undefined) break;
      this.nowMs = Math.max(this.nowMs, task.at);
      const { process } = task;
      if (process?.isDead === true) continue;
      if (process?.isPaused === true) {
        (timerTasks.has(task) ? process.timers : process.sockets).push(task);
        continue;
      }
      task.run();
      await settled();
    }
    this.nowMs = until;
  }

  #next(until: number): Task | undefined {
    let best = -1;
    for (let index = 0; index < this.#tasks.length; index += 1) {
      const task = this.#tasks[index] as Task;
      const other = this.#tasks[best];
      if (task.at <= until && (other === undefined || task.at < other.at || (task.at === other.at && task.order < other.order)))
        best = index;
    }
    return best < 0 ? undefined : this.#tasks.splice(best, 1)[0];
  }
}

const timerTasks = new WeakSet<Task>();

/** Lets everything run that waits for no message and no timer of the simulation. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** WebCrypto answers from threads of its own, whose order no seed decides: digests are made at once here. */
export function digestAtOnce(): void {
  vi.spyOn(crypto.subtle, "digest").mockImplementation(async (_algorithm, data) => {
    const bytes = createHash("sha256")
      .update(new Uint8Array(data as ArrayBuffer))
      .digest();
    return Uint8Array.from(bytes).buffer;
  });
}

/** Numbers from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
