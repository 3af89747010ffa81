import type { Inbox, InboxGap } from "@ghlkit/storage";
import type { Copy } from "./copy/copy.ts";
import type { Kind } from "./kinds/kind.ts";

/** What gaps are closed by. */
export interface GapSource {
  readonly copy: Pick<Copy, "state">;
  readonly inbox: Pick<Inbox, "closeGap">;
  /** Grows at its end alone. */
  readonly locations: readonly string[];
  readonly kinds: readonly Kind[];
}

/**
 * Makes a function that closes a gap once every kind of every location was read since its end. It is called after each slice: what was found to be read is not looked at
 * again, since readings only move forward.
 */
export function closeGaps({ copy, inbox, locations, kinds }: GapSource): (gap: InboxGap) => Promise<void> {
  let seen = { id: 0, to: 0, read: 0 };
  return async ({ id, to }) => {
    if (seen.id !== id || seen.to !== to) seen = { id, to, read: 0 };
    const mine = seen;
    for (let at = mine.read; at < locations.length * kinds.length; at = mine.read) {
      const locationId = locations[Math.floor(at / kinds.length)] as string;
      const kind = kinds[at % kinds.length] as Kind;
      if (((await copy.state({ locationId, kind }))?.lastScan?.startedAt ?? 0) < to) return;
      // Another slice may have come further meanwhile.
      mine.read = Math.max(mine.read, at + 1);
    }
    await inbox.closeGap(id);
  };
}
