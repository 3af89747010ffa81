import type { AnswerKind } from "@ghlkit/contract";
import type { Clock, WireResponse } from "@ghlkit/core";
import type { ReadOf } from "./after-write.ts";
import { holdsData } from "./holds-data.ts";

interface Entry {
  readonly of: ReadOf;
  readonly response: WireResponse;
  readonly at: number;
}

interface Reading {
  readonly key: string;
  readonly of: ReadOf;
  /** What it reads may have changed since it began. */
  isOvertaken: boolean;
}

/** Answers by key, the one longest unused first, and the reads under way that will bring more. */
export class KeptAnswers {
  readonly #entries = new Map<string, Entry>();
  readonly #readings = new Set<Reading>();
  readonly #maxEntries: number;
  readonly #clock: Clock;

  constructor(maxEntries: number, clock: Clock) {
    this.#maxEntries = maxEntries;
    this.#clock = clock;
  }

  /** An answer that is younger than `ttlMs`, and its age. */
  find(key: string, ttlMs: number): { readonly response: WireResponse; readonly ageMs: number } | undefined {
    const entry = this.#entries.get(key);
    const ageMs = entry === undefined ? Infinity : this.#clock.now() - entry.at;
    if (entry === undefined || ageMs < 0 || ageMs >= ttlMs) return undefined;
    this.#keep(key, entry);
    return { response: entry.response, ageMs };
  }

  /** Whether a read of the key is under way that began before what it reads may have changed. */
  isOvertaken(key: string): boolean {
    for (const reading of this.#readings) if (reading.isOvertaken && reading.key === key) return true;
    return false;
  }

  /** Keeps the answer of a read, unless that fails, is overtaken or holds no data. */
  async read(
    key: string,
    of: ReadOf & { readonly answer: AnswerKind | undefined },
    send: () => Promise<WireResponse>,
  ): Promise<WireResponse> {
    const reading: Reading = { key, of, isOvertaken: false };
    this.#readings.add(reading);
    try {
      const response = await send();
      const isKept = !reading.isOvertaken && holdsData(response, of.answer);
      if (isKept) this.#keep(key, { of, response, at: this.#clock.now() });
      return response;
    } finally {
      this.#readings.delete(reading);
    }
  }

  /** Drops answers, those under way included. Returns how many were kept. */
  drop(isMeant: (of: ReadOf) => boolean): number {
    for (const reading of this.#readings) reading.isOvertaken ||= isMeant(reading.of);
    const gone = [...this.#entries].filter(([, { of }]) => isMeant(of));
    for (const [key] of gone) this.#entries.delete(key);
    return gone.length;
  }

  #keep(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries) break;
      this.#entries.delete(oldest);
    }
  }
}
