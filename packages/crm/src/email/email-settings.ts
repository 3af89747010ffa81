import type { LocationClient } from "@ghlkit/client";
import type { Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";

/** A client bound to one location. */
export type EmailClient = Pick<LocationClient, "emails">;

/** What all calls of a location's e-mail share. */
export interface EmailSettings {
  readonly location: EmailClient;
  readonly journal: Journal;
  readonly locationId: string;
  readonly settleMs: number;
  readonly leaseMs: number;
  readonly clock: Clock;
}
