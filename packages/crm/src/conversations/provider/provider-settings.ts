import type { Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { ConversationProviderOptions, ProviderClient } from "./provider-options.ts";

/** What all messages of a provider share. */
export interface ProviderSettings {
  readonly providerId: string;
  readonly journal: Journal;
  readonly locationOf: (locationId: string) => ProviderClient;
  readonly deliver: ConversationProviderOptions<unknown>["deliver"];
  readonly wasDelivered: ConversationProviderOptions<unknown>["wasDelivered"];
  readonly checkOptOut: boolean;
  readonly stopWords: ReadonlySet<string>;
  readonly startWords: ReadonlySet<string>;
  readonly lagMs: number;
  readonly clock: Clock;
  /** Runs reports of one message one after the other. */
  readonly inTurn: <Result>(keys: readonly string[], work: () => Promise<Result>) => Promise<Result>;
}
