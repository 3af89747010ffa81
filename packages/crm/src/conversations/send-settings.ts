import type { Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { ConversationsClient } from "./conversations-client.ts";

/** What all messages of a location share. */
export interface SendSettings {
  readonly location: ConversationsClient;
  readonly journal: Journal;
  readonly locationId: string;
  readonly settleMs: number;
  readonly leaseMs: number;
  readonly clock: Clock;
}
