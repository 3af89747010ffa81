import type { Principal } from "@ghlkit/core";
import type { ExpectedVersion, WriteResult } from "./write-result.ts";

/** Where an installation stands. `uninstalled` is the tombstone: the record stays, its tokens do not. */
export type InstallationState = "pending" | "active" | "needs_reconnect" | "suspended" | "uninstalled";

/** What the platform states about an installation. Unknown fields are kept. JSON values only. */
export interface InstallationFacts {
  readonly userId?: string;
  readonly planId?: string;
  readonly versionId?: string;
  readonly scopes?: readonly string[];
  readonly isBulk?: boolean;
  readonly installToFutureLocations?: boolean;
  readonly approvedLocations?: readonly string[];
  readonly companyName?: string;
  readonly [field: string]: unknown;
}

/** A lifecycle event that arrived before the code exchange and waits for it. */
export interface ParkedEvent {
  /** `INSTALL`, `UPDATE`, … */
  readonly type: string;
  /** Ms since epoch. */
  readonly receivedAt: number;
  /** The event's body as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * One installation of an app on a location or company. The key is the principal and not company and location, because
 * an INSTALL of a future location may lack its company, and a location can move to another.
 */
export interface Installation {
  readonly principal: Principal;
  /** Company of a location, once known. */
  readonly companyId?: string;
  readonly state: InstallationState;
  /** Why it is in this state. */
  readonly reason?: string;
  readonly facts: InstallationFacts;
  /** Events that wait, oldest first. */
  readonly parked: readonly ParkedEvent[];
  /** When the app was installed, where known; ms since epoch. */
  readonly installedAt?: number;
  readonly uninstalledAt?: number;
}

/** An installation as it stands in the store. Its times are the store's. */
export interface StoredInstallation extends Installation {
  /** Changes with every write of the record. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Last write that changed `state`. */
  readonly stateSince: number;
}

/** Which installations to list; every condition given must hold. */
export interface InstallationQuery {
  readonly app?: string;
  readonly kind?: Principal["kind"];
  readonly companyId?: string;
  /** One state or several. */
  readonly state?: InstallationState | readonly InstallationState[];
  /**
   * Records fetched at a time.
   * @default 100
   */
  readonly pageSize?: number;
}

/**
 * Keeps installations. Every write is a compare-and-set. The store does not judge changes of state.
 * Every method rejects with a GhlError `storage` when the store cannot do its work.
 */
export interface InstallationStore {
  readonly get: (principal: Principal) => Promise<StoredInstallation | undefined>;
  readonly put: (record: Installation, expected: ExpectedVersion) => Promise<WriteResult<StoredInstallation>>;
  /** Forgets an installation, tombstone included: for erasure on request. */
  readonly delete: (principal: Principal) => Promise<{ readonly deleted: boolean }>;
  /**
   * Goes through the installations page by page, by app, kind and id. One that is there all the time is seen exactly
   * once; one written meanwhile may be seen or not.
   */
  readonly list: (query?: InstallationQuery) => AsyncIterable<StoredInstallation>;
}
