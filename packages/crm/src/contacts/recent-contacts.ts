import { monotonicNow, type Clock } from "@ghlkit/core";
import type { ContactIdentifier } from "../location/location-settings.ts";

/** The contacts that were created a moment ago, by identifier: the platform's own look-up may not show them yet. */
export interface RecentContacts {
  readonly add: (identifier: ContactIdentifier, value: string, contactId: string) => void;
  readonly get: (identifier: ContactIdentifier, value: string) => string | undefined;
}

/** Three times the lag that integrators have seen. */
const keptMs = 30_000;

export function recentContacts(clock: Clock): RecentContacts {
  const entries = new Map<string, { readonly contactId: string; readonly at: number }>();
  const forgetOld = (now: number): void => {
    for (const [key, { at }] of entries) {
      // Entries stand in the order of their age.
      if (now - at < keptMs) return;
      entries.delete(key);
    }
  };
  return {
    add: (identifier, value, contactId) => {
      const at = monotonicNow(clock);
      forgetOld(at);
      const key = `${identifier} ${value}`;
      entries.delete(key);
      entries.set(key, { contactId, at });
    },
    get: (identifier, value) => {
      forgetOld(monotonicNow(clock));
      return entries.get(`${identifier} ${value}`)?.contactId;
    },
  };
}
