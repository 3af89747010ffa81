import type { Clock } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import type { Journal } from "@ghlkit/storage";

/** Slots that one key was tried with: a person who is refused this often does not use this API. */
const mostSlots = 1000;

/** One slot that a key was tried with. */
export interface NotedSlot {
  /** Key of its booking in the journal. */
  readonly key: string;
  /** The slot as it was noted. */
  readonly slot: string;
}

/**
 * Goes through the slots that a key was tried with, oldest first, and notes `slot` after the last of them: before a booking of another slot may be sent, what became of the
 * earlier ones has to be known.
 */
export async function* slotsOfKey(
  key: string,
  slot: string,
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
): AsyncGenerator<NotedSlot, void, undefined> {
  for (let number = 1; number <= mostSlots; number += 1) {
    const its = `${key}#${number}`;
    const noted = await once(`${its}:slot`, async () => slot, { journal, clock, leaseMs: 1000, probe: async () => ({ happened: false }) });
    yield { key: its, slot: noted.result };
  }
}
