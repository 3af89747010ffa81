import type { Clock } from "@ghlkit/core";
import type { Wire } from "../../kinds/kind.ts";
import type { BackupLocation } from "../backup/location-names.ts";
import type { MatchedNames } from "./matched-names.ts";

/** Kinds of records that the API takes back, in the order in which they are restored. */
export const restoredKinds = ["contacts", "notes", "tasks", "opportunities", "appointments", "invoices"] as const;

/** A kind of records that the API takes back. */
export type RestoredKind = (typeof restoredKinds)[number];

/** A record that was made. */
export interface MadeRecord {
  readonly id: string;
  /** It had nothing before: no notes, no tasks. */
  readonly isNew: boolean;
  /** What became of it where the platform had it already, and refused another one. */
  readonly wasThere?: "updated" | "unchanged";
}

/** What is to be done for one record of the backup. */
export type RestorePlan =
  | {
      readonly outcome: "create";
      readonly create: (location: BackupLocation) => Promise<MadeRecord>;
      /** Records that fit, among those that came to be since a time (ms since epoch): looks for one whose answer was lost. */
      readonly find: (location: BackupLocation, sinceMs: number) => Promise<readonly MadeRecord[]>;
    }
  | { readonly outcome: "update"; readonly id: string; readonly update: (location: BackupLocation) => Promise<void> }
  | { readonly outcome: "unchanged"; readonly id: string }
  /** It cannot be restored. */
  | { readonly outcome: "left"; readonly why: string };

/** How records of a kind are restored into one location. */
export interface KindRestore {
  readonly kind: RestoredKind;
  readonly idOf: (body: Wire) => string;
  /** Records that have one of these texts in common are restored one after the other. */
  readonly identity: (body: Wire) => readonly string[];
  /** Decides, and writes nothing. */
  readonly plan: (body: Wire, at: PlanAt) => Promise<RestorePlan>;
  /** A record of the location that this restore has made or taken before, for a record of the backup: no other one takes it. */
  readonly claim: (id: string, taker: string) => void;
  /** Whether the location lists a record. */
  readonly has?: (id: string) => boolean;
  /** What of a record cannot be restored, as it is known from the backup: a part of a sentence each. */
  readonly losses: (body: Wire) => readonly string[];
}

/** In which client a plan reads. */
export interface PlanAt {
  readonly location: BackupLocation;
}

/** What all kinds share. */
export interface RestoreContext {
  readonly location: BackupLocation;
  readonly names: MatchedNames;
  /** The backup is of this very location. */
  readonly isSameLocation: boolean;
  /** What becomes of records that are there and differ. */
  readonly existing: "update" | "keep";
  /** Ids of the backup → ids of the location. */
  readonly ids: Readonly<Record<RestoredKind, Map<string, string>>>;
  /** Contacts that the restore has made: they had nothing before. */
  readonly createdContacts: Set<string>;
  /** Whether the location has a contact, by its id there. */
  hasContact: (id: string) => boolean;
  readonly clock: Clock;
}

/** The contact of the location on which a record of the backup hangs. */
export function contactOf({ ids, isSameLocation, hasContact }: RestoreContext, contactId: unknown): string | undefined {
  const id = String(contactId);
  return ids.contacts.get(id) ?? (isSameLocation && hasContact(id) ? id : undefined);
}
