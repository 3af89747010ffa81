import { isGhlError } from "@ghlkit/core";
import type { CreateContact, UpdateContact } from "@ghlkit/contract/types/contacts";
import { definitions } from "../../kinds/definitions.ts";
import type { Wire } from "../../kinds/kind.ts";
import { textOf } from "../../kinds/wire-values.ts";
import { canonicalText, shapeRecord } from "../../record/record-shape.ts";
import type { BackupLocation } from "../backup/location-names.ts";
import { currentValues, customValues, valueLosses, type CustomValue } from "./custom-values.ts";
import type { KindRestore, MadeRecord, RestoreContext, RestorePlan } from "./kind-restore.ts";
import { changedFields, listTarget, readTarget } from "./target-records.ts";

const texts = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "companyName",
  "address1",
  "city",
  "state",
  "postalCode",
  "country",
  "website",
  "timezone",
  "source",
] as const;

/** Contacts: recognised by id, e-mail and phone. */
export async function restoreContacts(context: RestoreContext): Promise<KindRestore> {
  const { names, existing } = context;
  const target = await listTarget("contacts", context, {
    keys: identityOf,
    written: (body) => writable(body, currentValues(body["customFields"])),
  });
  context.hasContact = (id) => target.has(id);
  const wantedOf = (body: Wire): Wire => {
    const assignedTo = names.user(textOf(body["assignedTo"]) ?? "");
    return writable({ ...body, assignedTo }, customValues(body["customFields"], names));
  };
  const planUpdate = async (id: string, wanted: Wire, location: BackupLocation): Promise<RestorePlan> => {
    if (existing === "keep" || target.isSame(id, wanted)) return { outcome: "unchanged", id };
    const current = await readTarget("contacts", location, id);
    const change = current === undefined ? {} : changeOf(wanted, current);
    return Object.keys(change).length === 0
      ? { outcome: "unchanged", id }
      : { outcome: "update", id, update: (by) => update(by, id, change) };
  };
  return {
    kind: "contacts",
    idOf: ({ id }) => String(id),
    identity: identityOf,
    claim: (id, taker) => void target.claim(id, taker),
    has: (id) => target.has(id),
    plan: async (body, { location }) => {
      const wanted = wantedOf(body);
      const id = target.take(String(body["id"]), identityOf(body));
      if (id !== undefined) return planUpdate(id, wanted, location);
      if (identityOf(body).length === 0 && wanted["firstName"] === undefined && wanted["lastName"] === undefined)
        return { outcome: "left", why: "without e-mail, phone and name" };
      return {
        outcome: "create",
        create: (by) => create(by, wanted, { existing, claim: (taken) => target.claim(taken, String(body["id"])) }),
        find: (by, since) => findCreated(by, wanted, since),
      };
    },
    losses: (body) => contactLosses(body, context),
  };
}

function identityOf({ email, phone }: Wire): readonly string[] {
  const mail = textOf(email)?.toLowerCase();
  return [...(mail === undefined ? [] : [`email ${mail}`]), ...(textOf(phone) === undefined ? [] : [`phone ${String(phone)}`])];
}

/** What can be written of a contact. */
function writable(body: Wire, customFields: readonly CustomValue[]): Wire {
  const { assignedTo, dateOfBirth, dnd, dndSettings, tags } = body;
  const day = textOf(dateOfBirth)?.slice(0, 10);
  const plain = texts.flatMap((name) => (textOf(body[name]) === undefined ? [] : [[name, body[name]] as const]));
  return {
    ...Object.fromEntries(plain),
    ...(textOf(assignedTo) !== undefined && { assignedTo }),
    ...(day !== undefined && { dateOfBirth: day }),
    ...(dnd === true && { dnd }),
    ...(canonicalText(dndSettings ?? {}) !== "{}" && { dndSettings }),
    ...(Array.isArray(tags) && tags.length > 0 && { tags }),
    ...(customFields.length > 0 && { customFields }),
  };
}

/** Values that differ. Nothing is taken away: tags and values beyond the backup stay. */
function changeOf(wanted: Wire, current: Wire): Wire {
  const now = writable(current, currentValues(current["customFields"]));
  // The platform takes a company name for new contacts alone.
  const { tags, customFields, companyName: _, ...plain } = wanted;
  const missing = without((tags ?? []) as readonly unknown[], (now["tags"] ?? []) as readonly unknown[]);
  const values = without((customFields ?? []) as readonly unknown[], (now["customFields"] ?? []) as readonly unknown[]);
  return {
    ...changedFields(plain, now),
    ...(missing.length > 0 && { tags: [...((now["tags"] ?? []) as readonly unknown[]), ...missing] }),
    ...(values.length > 0 && { customFields: values }),
  };
}

function without(wanted: readonly unknown[], there: readonly unknown[]): readonly unknown[] {
  const known = new Set(there.map(canonicalText));
  return wanted.filter((one) => !known.has(canonicalText(one)));
}

async function update({ contacts }: BackupLocation, contactId: string, change: Wire): Promise<void> {
  await contacts.update({ contactId, body: change as UpdateContact });
}

/** One whose e-mail or phone someone has is that one, unless it is another contact of the backup. @throws GhlError `duplicate` then. */
async function create(
  location: BackupLocation,
  wanted: Wire,
  { existing, claim }: Pick<RestoreContext, "existing"> & { readonly claim: (id: string) => boolean },
): Promise<MadeRecord> {
  try {
    return { id: (await location.contacts.create({ body: wanted as CreateContact })).contact.id, isNew: true };
  } catch (error) {
    if (!isGhlError(error, "duplicate") || error.existingId === undefined || !claim(error.existingId)) throw error;
    const id = error.existingId;
    const current = existing === "keep" ? undefined : await readTarget("contacts", location, id);
    const change = current === undefined ? {} : changeOf(wanted, current);
    const isChanged = Object.keys(change).length > 0;
    if (isChanged) await update(location, id, change);
    return { id, isNew: false, wasThere: isChanged ? "updated" : "unchanged" };
  }
}

async function findCreated({ contacts }: BackupLocation, wanted: Wire, since: number): Promise<readonly MadeRecord[]> {
  const filters = [{ field: "dateAdded", operator: "range" as const, value: { gte: new Date(since).toISOString() } }];
  const found: MadeRecord[] = [];
  for await (const contact of contacts.search({ body: { pageLimit: 100, filters } })) {
    const current = shapeRecord(definitions.contacts, contact as unknown as Wire)?.body ?? {};
    if (Object.keys(changeOf(wanted, current)).length === 0) found.push({ id: contact.id, isNew: false });
  }
  return found;
}

function contactLosses(body: Wire, { names }: RestoreContext): readonly string[] {
  const { assignedTo, followers, additionalEmails, additionalPhones, businessId, type } = body;
  const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
  return [
    ...(textOf(assignedTo) !== undefined && names.user(String(assignedTo)) === undefined
      ? ["without their owner, who is no user of the location"]
      : []),
    ...(isFilled(followers) ? ["without their followers"] : []),
    ...(isFilled(additionalEmails) || isFilled(additionalPhones)
      ? ["without their additional e-mails and phones, which the API does not take"]
      : []),
    ...(textOf(businessId) !== undefined ? ["without their business"] : []),
    ...(textOf(type) !== undefined && type !== "lead" ? ["as leads, because the API does not take their type"] : []),
    ...valueLosses(body["customFields"], names),
  ];
}
