import type { Delivery } from "@ghlkit/emulator";

/** An event as a handler has it. */
export interface Handled {
  readonly id: string;
  readonly entity: string;
  readonly occurredAt: number;
  /** It was reported as late. */
  readonly stale: boolean;
}

/** What became of all events. */
export interface Fate {
  readonly lost: number;
  readonly notHandled: number;
  readonly twice: number;
  /** Later than a newer one of their entity, and not marked as stale. */
  readonly outOfOrder: number;
  readonly refused: number;
  readonly stale: number;
}

/** Keeps what was handled, in order. */
export interface Ledger {
  /** @throws Error the first time for every tenth: what a handler does does not always work. */
  readonly handle: (event: Handled) => void;
  readonly fateOf: (deliveries: readonly Delivery[]) => Fate;
}

/** @param events How many there are to be. */
export function createLedger(events: number): Ledger {
  const handled: string[] = [];
  const failed = new Set<string>();
  const handledUpTo = new Map<string, number>();
  const counts = { outOfOrder: 0, stale: 0 };
  return {
    handle: ({ id, entity, occurredAt, stale }) => {
      if (id.endsWith("7") && !failed.has(id)) {
        failed.add(id);
        throw new Error("not yet");
      }
      const newest = handledUpTo.get(entity) ?? 0;
      if (occurredAt < newest !== stale) counts.outOfOrder += 1;
      if (stale) counts.stale += 1;
      handled.push(id);
      handledUpTo.set(entity, Math.max(occurredAt, newest));
    },
    fateOf: (deliveries) => {
      const known = new Set(handled);
      const idsOf = (chosen: readonly Delivery[]): ReadonlySet<string> => new Set(chosen.map(({ webhookId }) => webhookId ?? ""));
      const sent = idsOf(deliveries);
      if (sent.size !== events) throw new Error(`${sent.size} events were sent instead of ${events}.`);
      const delivered = idsOf(deliveries.filter(({ state }) => state === "delivered"));
      return {
        ...counts,
        lost: [...sent].filter((id) => !known.has(id)).length,
        notHandled: [...delivered].filter((id) => !known.has(id)).length,
        twice: handled.length - known.size,
        refused: deliveries.flatMap(({ attempts }) => attempts).filter(({ status }) => status === 429).length,
      };
    },
  };
}
