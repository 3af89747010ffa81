import type { Inbox } from "./inbox/inbox.ts";
import type { InstallationStore } from "./installation-store.ts";
import type { Journal } from "./journal.ts";
import type { LeaseStore } from "./lease-store.ts";
import type { RateWindow } from "./rate-window.ts";
import type { StateStore } from "./state-store.ts";
import type { TokenStore } from "./token-store.ts";

/** All stores of one engine. */
export interface Stores {
  readonly tokens: TokenStore;
  readonly leases: LeaseStore;
  readonly installations: InstallationStore;
  /** OAuth state. */
  readonly states: StateStore;
  /** Slots of rate limited buckets. */
  readonly rates: RateWindow;
  /** Started and finished effects. */
  readonly journal: Journal;
  /** Webhook deliveries. */
  readonly inbox: Inbox;
  /** Gives back what the engine holds open. May be called more than once. */
  readonly close: () => Promise<void>;
}
