import type { InvalidFieldReason } from "../fields/check-field-value.ts";
import type { Contact } from "./contacts-client.ts";

/** Something that was given and is not on the contact. */
export interface IgnoredField {
  /** Name of the standard field, or key of the custom field. */
  readonly field: string;
  /**
   * `kept`: the policy keeps what was there. `taken`: it belongs to another contact. `create_only`: the platform takes it for new contacts alone.
   * `not_stored`: it was sent, the platform accepted it, and does not show it.
   */
  readonly why: "kept" | "taken" | "create_only" | "not_stored";
}

/** A value that was there before. */
export interface OverwrittenField {
  readonly field: string;
  /** `undefined` under `oneCall`, which does not look first. */
  readonly before: unknown;
}

/** A value that was not sent. */
export interface RejectedField {
  readonly field: string;
  /** `missing_identity`: no e-mail and no phone, or nothing that the policy matches by, and no contact known by the external id. `refused`: by the platform, see `message`. */
  readonly why: InvalidFieldReason | "invalid_phone" | "invalid_email" | "missing_identity" | "refused";
  readonly message?: string;
}

/** The person exists. */
export interface Ensured {
  readonly outcome: "created" | "updated" | "unchanged";
  readonly contact: Contact;
  readonly ignored: readonly IgnoredField[];
  readonly overwrote: readonly OverwrittenField[];
  /** Calls that this took. Definitions and settings, which are read once for all, are not counted. */
  readonly calls: number;
}

/** Identifiers point at different contacts, or at one that the policy does not match by. Nothing was changed. */
export interface EnsureConflict {
  readonly outcome: "conflict";
  /** Ids of the contacts. */
  readonly byExternalId: string | undefined;
  readonly byEmail: string | undefined;
  readonly byPhone: string | undefined;
  readonly calls: number;
}

/** Nothing was changed. */
export interface EnsureRejected {
  readonly outcome: "rejected";
  readonly fields: readonly RejectedField[];
  readonly calls: number;
}

/** A person that `ensure` would send. */
export interface CheckedPerson {
  readonly outcome: "valid";
  readonly email: string | undefined;
  /** E.164. */
  readonly phone: string | undefined;
}

/** What became of a person. */
export type EnsureResult = Ensured | EnsureConflict | EnsureRejected;
