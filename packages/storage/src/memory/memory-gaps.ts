import type { Clock } from "@ghlkit/core";
import { checkTtl } from "../engine/check-key.ts";
import type { Inbox } from "../inbox/inbox.ts";
import type { InboxGap } from "../inbox/inbox-query.ts";

/** Signs of life and the gaps between them. */
export function createMemoryGaps(clock: Pick<Clock, "now">): Pick<Inbox, "beat" | "gaps" | "closeGap"> {
  const open = new Map<number, InboxGap>();
  let last: number | undefined;
  let count = 0;
  return {
    beat: async ({ gapAfterMs }) => {
      const from = last;
      const to = clock.now();
      last = Math.max(to, from ?? to);
      if (from === undefined || to - from <= checkTtl(gapAfterMs)) return {};
      const gap = { id: (count += 1), from, to };
      open.set(gap.id, gap);
      return { gap };
    },
    gaps: async () => [...open.values()],
    closeGap: async (id) => {
      open.delete(id);
    },
  };
}
