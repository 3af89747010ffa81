import type { StoredDelivery } from "../inbox/inbox-delivery.ts";
import type { Inbox } from "../inbox/inbox.ts";
import { nextTurn, rowsOfStep } from "./in-steps.ts";
import type { MemoryDeliveries } from "./memory-deliveries.ts";
import type { Arrival } from "./memory-timeline.ts";

const nothing = new Uint8Array();

/** Lets go of what is done or ignored, in steps. */
export function createMemoryPrune({ byId, timeline, lanes }: MemoryDeliveries): Inbox["prune"] {
  const finished = (id: string): StoredDelivery | undefined => {
    const delivery = byId.get(id);
    return delivery?.state === "done" || delivery?.state === "ignored" ? delivery : undefined;
  };

  const forget = async (idsBefore: number, atMost: number): Promise<number> => {
    let forgotten = 0;
    for (let place: Arrival | undefined; forgotten < atMost; await nextTurn()) {
      const looked = timeline.after(place, rowsOfStep).filter(({ receivedAt }) => receivedAt < idsBefore);
      const gone = looked.filter(({ id }) => finished(id) !== undefined).slice(0, atMost - forgotten);
      const isGone = new Set(gone);
      for (const { id } of gone) {
        lanes.forget(finished(id)?.entity ?? "");
        byId.delete(id);
      }
      timeline.replace(
        looked,
        looked.filter((arrival) => !isGone.has(arrival)),
      );
      forgotten += gone.length;
      if (looked.length < rowsOfStep) break;
      place = looked.at(-1);
    }
    return forgotten;
  };

  const empty = async (bodiesBefore: number, atMost: number): Promise<number> => {
    let emptied = 0;
    for (let place: Arrival | undefined; emptied < atMost; await nextTurn()) {
      const looked = timeline.after(place, rowsOfStep);
      for (const { id } of looked) {
        const delivery = finished(id);
        if (delivery === undefined || delivery.body.length === 0 || (delivery.finishedAt ?? 0) >= bodiesBefore) continue;
        byId.set(id, { ...delivery, body: nothing, headers: {} });
        if ((emptied += 1) >= atMost) break;
      }
      if (looked.length < rowsOfStep) break;
      place = looked.at(-1);
    }
    return emptied;
  };

  return async ({ bodiesBefore, idsBefore, atMost = Number.POSITIVE_INFINITY }) => {
    const ids = await forget(idsBefore, atMost);
    return { bodies: await empty(bodiesBefore, atMost), ids };
  };
}
