import type { Act } from "./act/act.ts";
import type { EmulatorClock } from "./clock/emulator-clock.ts";
import type { UserContextOptions } from "./custom-page/user-context.ts";
import type { FaultControls } from "./faults/fault-list.ts";
import type { LifecycleEvent } from "./oauth/lifecycle.ts";
import type { OAuthControls } from "./oauth/oauth-controls.ts";
import type { JournalEntry } from "./pipeline/journal.ts";
import type { Seed } from "./seed/seed.ts";
import type { Snapshot } from "./state/snapshot.ts";
import type { SwitchControls } from "./switches/switch-controls.ts";
import type { WebhookControls } from "./webhooks/webhook-controls.ts";

/** What can be done to an emulator from outside the platform it plays. */
export interface EmulatorControls {
  /** Ids and tokens that are there from the start. */
  readonly seed: Seed;
  /** The platform's time. */
  readonly clock: EmulatorClock;
  /** Back to the seed: state, tokens, rate buckets, clock, journal. */
  readonly reset: () => void;
  /** The records as they are now: plain data, taken at once however many there are. Tokens, clock, faults and rate buckets are no part of it. */
  readonly snapshot: () => Snapshot;
  /**
   * Puts the records back to those of a snapshot, and emits nothing. It can be done again and again, and in another emulator of the same seed.
   * @throws Error for a snapshot of another version.
   */
  readonly restore: (snapshot: Snapshot) => void;
  /** The last requests, oldest first, secrets replaced. */
  readonly requests: (limit?: number) => readonly JournalEntry[];
  /** Consent, tokens and installations. */
  readonly oauth: OAuthControls;
  /** What happened to the app's installations since the start, oldest first. */
  readonly lifecycleEvents: () => readonly LifecycleEvent[];
  /**
   * What a custom page is handed for `REQUEST_USER_DATA`: encrypted under the app's shared secret.
   * @throws Error when there is no such user.
   */
  readonly userContext: (options?: UserContextOptions) => string;
  /** What people do who do not use the API: customers, and staff in the vendor's screens. */
  readonly act: Act;
  /** Where the platform is ambiguous: which way this one goes. */
  readonly switches: SwitchControls;
  /** What goes wrong on purpose. */
  readonly faults: FaultControls;
  /** Webhooks: who gets them, what was sent, what goes wrong. */
  readonly webhooks: WebhookControls;
  /** Public keys of the emulator's webhooks, as PEM; made when first asked for. */
  readonly webhookPublicKeys: () => Promise<{ readonly ed25519: string; readonly rsa: string }>;
}
