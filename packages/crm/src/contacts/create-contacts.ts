import { ghlError, systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { createFields, type Fields, type FieldsClient } from "../fields/create-fields.ts";
import type { FieldInputs } from "../fields/field-value.ts";
import type { Cached } from "../location/cached.ts";
import { locationSettings, type LocationSettings } from "../location/location-settings.ts";
import { oneAtATime } from "../location/one-at-a-time.ts";
import { recentIds, type RecentIds } from "../location/recent-ids.ts";
import { changeTags, type TagsResult } from "./change-tags.ts";
import { contactsCalls, PersonRefused, type ContactsCalls } from "./contacts-calls.ts";
import type { Contact, ContactsClient } from "./contacts-client.ts";
import { ensureCareful, type ResolvedCarefulPolicy } from "./ensure-careful.ts";
import { ensureOneCall } from "./ensure-one-call.ts";
import { checkPolicy, type CarefulPolicy, type EnsurePolicy, type OneCallPolicy } from "./ensure-policy.ts";
import type { CheckedPerson, EnsureRejected, EnsureResult, RejectedField } from "./ensure-result.ts";
import { journalExternalIds, type ExternalIds } from "./external-ids.ts";
import { normalisePerson, type NormalisedPerson } from "./normalise-person.ts";
import type { Person, PersonWithoutTags } from "./person.ts";

/** Options of {@link createContacts}. */
export interface ContactsOptions {
  /** Where external ids are kept: `storage.journal` of any engine. Needed, or `externalIds`, as soon as a person has one. */
  readonly journal?: Journal;
  /** A table of your own instead. */
  readonly externalIds?: ExternalIds;
  /**
   * Id of the location, for external ids in the journal.
   * @default asked for with the location's settings
   */
  readonly locationId?: string;
  /**
   * Country of phone numbers without calling code (ISO 3166), where neither the person nor the location has one.
   * @default none: such a number is rejected
   */
  readonly country?: string;
  /** Definitions that are shared with others. @default its own */
  readonly fields?: Fields;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** The contacts of one location. `FieldMap` is the typed map that `ghlkit fields pull` writes. */
export interface Contacts<FieldMap extends object = FieldInputs> {
  /**
   * Makes sure that a person exists. May be called again after any failure: what was done is found.
   * @throws GhlError for outage, authorisation, and a lost answer (`outcome_unknown`: call it again)
   */
  ensure(person: PersonWithoutTags<FieldMap>, policy: OneCallPolicy): Promise<EnsureResult>;
  ensure(person: Person<FieldMap>, policy?: CarefulPolicy): Promise<EnsureResult>;
  /**
   * What `ensure` rejects of the values themselves, or the identifiers as it sends them. Whether there is one that it can find the person by depends on its policy, and is not
   * checked. Reads the location's definitions and settings at most.
   */
  readonly check: (person: Person<FieldMap>) => Promise<CheckedPerson | EnsureRejected>;
  /** Adds tags to one or many contacts, a hundred per call. Tags that are there stay. */
  readonly addTags: (contactIds: string | readonly string[], tags: readonly string[]) => Promise<TagsResult>;
  /** Removes tags from one or many contacts. */
  readonly removeTags: (contactIds: string | readonly string[], tags: readonly string[]) => Promise<TagsResult>;
  /** Custom fields of a contact by key, typed by their definitions. */
  readonly fieldsOf: (contact: Pick<Contact, "customFields">) => Promise<Readonly<Record<string, unknown>>>;
  /** The external id that a contact was ensured with. */
  readonly externalIdOf: (contactId: string) => Promise<string | undefined>;
}

/** Makes the contacts of one location. Keep it: settings and definitions are read once. */
export function createContacts<FieldMap extends object = FieldInputs>(
  location: ContactsClient & FieldsClient,
  options: ContactsOptions = {},
): Contacts<FieldMap> {
  const { clock = systemClock, fields = createFields(location, { clock }) } = options;
  const settings = locationSettings(location, { clock });
  const parts: Parts = { location, options, settings, fields, recent: recentIds(clock), alone: oneAtATime() };
  return {
    ensure: (person: Person<object>, policy?: EnsurePolicy) => ensurePerson(person, policy ?? {}, parts),
    check: (person) => checkPerson(person, parts),
    addTags: (contactIds, tags) => changeTags(location, "add", contactIds, tags),
    removeTags: (contactIds, tags) => changeTags(location, "remove", contactIds, tags),
    fieldsOf: ({ customFields }) => fields.read("contact", customFields),
    externalIdOf: async (contactId) => (await externalIdsOf(parts)).externalIdOf(contactId),
  };
}

interface Parts {
  readonly location: ContactsClient;
  readonly options: ContactsOptions;
  readonly settings: Cached<LocationSettings | undefined>;
  readonly fields: Fields;
  readonly recent: RecentIds;
  readonly alone: ReturnType<typeof oneAtATime>;
}

async function ensurePerson(given: Person<object>, policy: EnsurePolicy, parts: Parts): Promise<EnsureResult> {
  checkPolicy(policy);
  if (policy.strategy === "oneCall" && hasTags(given))
    return rejected([{ field: "addTags", why: "invalid_value", message: "oneCall takes no tags: it would replace all." }], 0);
  const normalised = await normaliseFor(given, parts);
  if ("rejected" in normalised) return rejected(normalised.rejected, 0);
  const { person } = normalised;
  // Two at once would both find that the person is not there.
  return parts.alone(identityKeys(person), () => ensureNormalised(person, policy, parts));
}

function normaliseFor(given: Person<object>, { settings, fields, options }: Parts): ReturnType<typeof normalisePerson> {
  return normalisePerson(given, { fields, country: async () => (await settings.get())?.country ?? options.country });
}

async function checkPerson(given: Person<object>, parts: Parts): Promise<CheckedPerson | EnsureRejected> {
  const normalised = await normaliseFor(given, parts);
  if ("rejected" in normalised) return rejected(normalised.rejected, 0);
  const { email, phone } = normalised.person;
  return { outcome: "valid", email, phone };
}

function hasTags({ addTags, removeTags }: Person<object>): boolean {
  return (addTags ?? []).length + (removeTags ?? []).length > 0;
}

function identityKeys({ externalId, email, phone }: NormalisedPerson): readonly string[] {
  return Object.entries({ externalId, email, phone }).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
}

async function ensureNormalised(person: NormalisedPerson, policy: EnsurePolicy, parts: Parts): Promise<EnsureResult> {
  const calls = contactsCalls(parts.location);
  const externalIds = person.externalId === undefined ? undefined : await externalIdsOf(parts);
  const matchesExternal = policy.strategy === "oneCall" || (policy.match?.includes("externalId") ?? true);
  const linked = matchesExternal && person.externalId !== undefined ? await externalIds?.contactOf(person.externalId) : undefined;
  try {
    const result =
      policy.strategy === "oneCall"
        ? ((await ensureOneCall(person, linked, calls)) ?? withoutIdentity(calls))
        : await ensureByPolicy(person, { policy, linked, calls }, parts);
    if ("contact" in result && person.externalId !== undefined && linked !== result.contact.id)
      await externalIds?.link(person.externalId, result.contact.id);
    return result;
  } catch (error) {
    if (!(error instanceof PersonRefused)) throw error;
    return rejected(error.fields, calls.count());
  }
}

interface CarefulTry {
  readonly policy: CarefulPolicy;
  readonly linked: string | undefined;
  readonly calls: ContactsCalls;
}

async function ensureByPolicy(person: NormalisedPerson, { policy, linked, calls }: CarefulTry, parts: Parts): Promise<EnsureResult> {
  // One that was deleted or merged away is looked up by the other identifiers, and linked again.
  const known = linked === undefined ? undefined : await calls.get(linked);
  const careful = resolved(policy);
  // What the policy does not match by would make another contact, or a conflict, each time.
  const isRecognisable = hasIdentity(person) && careful.match.some((name) => person[name] !== undefined);
  if (known === undefined && !isRecognisable) return withoutIdentity(calls);
  const settings = hasIdentity(person) ? await parts.settings.get() : undefined;
  return ensureCareful(person, known, careful, { calls, settings, recent: parts.recent });
}

function resolved({ match, onConflict, primaryEmail, primaryPhone, existing }: CarefulPolicy): ResolvedCarefulPolicy {
  return {
    match: match ?? ["externalId", "email", "phone"],
    onConflict: onConflict ?? "fail",
    primaryEmail: primaryEmail ?? "keep",
    primaryPhone: primaryPhone ?? "keep",
    existing: existing ?? "update",
  };
}

function hasIdentity({ email, phone }: NormalisedPerson): boolean {
  return email !== undefined || phone !== undefined;
}

/** The platform takes no contact without either (two integrators); what it answers to a name alone is not established. */
function withoutIdentity(calls: ContactsCalls): EnsureRejected {
  return rejected([{ field: "email", why: "missing_identity" }], calls.count());
}

function rejected(fields: readonly RejectedField[], calls: number): EnsureRejected {
  return { outcome: "rejected", fields, calls };
}

async function externalIdsOf({ options, settings }: Parts): Promise<ExternalIds> {
  const { externalIds, journal, locationId } = options;
  if (externalIds !== undefined) return externalIds;
  if (journal === undefined) throw ghlError("invalid_request", "An external id needs `journal` or `externalIds` in createContacts.", {});
  const id = locationId ?? (await settings.get())?.id;
  if (id !== undefined) return journalExternalIds(journal, id);
  throw ghlError("invalid_request", "The token may not read its location: give `locationId` to createContacts, for external ids.", {});
}
