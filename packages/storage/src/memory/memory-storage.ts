import { systemClock } from "@ghlkit/core";
import type { Stores } from "../stores.ts";
import { createMemoryInbox } from "./memory-inbox.ts";
import { createMemoryInstallationStore } from "./memory-installation-store.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { createMemoryLeaseStore } from "./memory-lease-store.ts";
import type { MemoryOptions } from "./memory-options.ts";
import { createMemoryRateWindow } from "./memory-rate-window.ts";
import { createMemoryStateStore } from "./memory-state-store.ts";
import { createMemoryTokenStore } from "./memory-token-store.ts";

/** All stores in the memory of this process: gone when it ends, shared with no other. */
export function createMemoryStorage({ clock = systemClock }: MemoryOptions = {}): Stores {
  return {
    tokens: createMemoryTokenStore(clock),
    leases: createMemoryLeaseStore(clock),
    installations: createMemoryInstallationStore(clock),
    states: createMemoryStateStore(clock),
    rates: createMemoryRateWindow({ clock }),
    journal: createMemoryJournal({ clock }),
    inbox: createMemoryInbox({ clock }),
    close: async () => {},
  };
}
