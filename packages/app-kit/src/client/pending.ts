import { signal, type ReadonlySignal } from "@preact/signals";
import type { Answer } from "./send.ts";

/** Changes that the server has not confirmed, over its rows: a row shows what it will be, and its own change alone is taken back. */
export interface Pending<Row> {
  readonly changes: ReadonlySignal<ReadonlyMap<string, Partial<Row>>>;
  readonly over: (row: Row) => Row & { readonly isPending: boolean };
  /** Sends of one row go one after the other. */
  readonly send: (id: string, change: Partial<Row>, work: () => Promise<Answer>) => Promise<Answer>;
}

export function createPending<Row extends { readonly id: string }>(): Pending<Row> {
  const changes = signal<ReadonlyMap<string, Partial<Row>>>(new Map());
  const queues = new Map<string, Promise<unknown>>();
  return {
    changes,
    over: (row) => ({ ...row, ...changes.value.get(row.id), isPending: changes.value.has(row.id) }),
    async send(id, change, work) {
      changes.value = new Map(changes.value).set(id, change);
      const answer = (queues.get(id) ?? Promise.resolve()).then(work);
      queues.set(id, answer);
      const result = await answer;
      if (changes.value.get(id) === change) {
        const left = new Map(changes.value);
        left.delete(id);
        changes.value = left;
      }
      return result;
    },
  };
}
