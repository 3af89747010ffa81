import { BoundsError } from "../bounds/check-value.ts";
import { findRecord } from "../resources/record-store.ts";
import { allowsDuplicates, findMatch } from "../services/contacts/duplicates.ts";
import { newContact } from "../services/contacts/new-contact.ts";
import { isPhone, normalisePhone } from "../services/contacts/phone.ts";
import { storagePath } from "../services/storage.ts";
import type { Contact, CustomFieldValue } from "../state/contact.ts";
import { recordKey, type Fields, type ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";

/** What someone fills in. */
export interface FormSubmission {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  /** Custom field id or key (`contact.pet_name`) → value. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Custom field id → a file that is uploaded with the form. */
  readonly files?: Readonly<Record<string, FormFile>>;
  /** Page that the form stands on. Default `https://example.com`. */
  readonly pageUrl?: string;
}

/** A file of a form. */
export interface FormFile {
  readonly name: string;
  /** Media type. Default `text/plain`. */
  readonly type?: string;
  readonly content: string;
}

/** What became of a submission. */
export interface SubmittedForm {
  readonly submissionId: string;
  readonly contactId: string;
  /** The contact is new. */
  readonly isNew: boolean;
}

/** Where files of a submission are served when no request names a host. */
const platformOrigin = "https://services.leadconnectorhq.com";

/** Someone fills in a form or a survey: the contact that e-mail or phone point at is updated, else a new one is made. */
export function submitForm(world: World, formId: string, submission: FormSubmission, origin: string = platformOrigin): SubmittedForm {
  const form = formOf(world, formId);
  const locationId = form.locationId ?? "";
  const values = readFields(world, locationId, submission, origin);
  const { contact, isNew } = contactFor(world, locationId, submission, { values, source: String(form.fields["name"] ?? "form") });
  const submissionId = world.ids.object();
  const createdAt = new Date(world.clock.now()).toISOString();
  const resource = `${form.resource}/submissions`;
  world.state.records.put({
    id: recordKey(resource, submissionId),
    resource,
    recordId: submissionId,
    locationId,
    companyId: form.companyId,
    parents: [],
    fields: submissionFields(form, contact, submission, values),
    createdAt,
    updatedAt: createdAt,
  });
  return { submissionId, contactId: contact.id, isNew };
}

function formOf({ state }: World, id: string): ResourceRecord {
  const form = findRecord(state, "/forms", id) ?? findRecord(state, "/surveys", id);
  if (form === undefined) throw new BoundsError(`There is no form or survey ${id}.`);
  return form;
}

/** By e-mail, then by phone, as the location has it. */
function contactFor(
  world: World,
  locationId: string,
  { firstName, lastName, email, phone }: FormSubmission,
  { values, source }: { readonly values: readonly CustomFieldValue[]; readonly source: string },
): { readonly contact: Contact; readonly isNew: boolean } {
  if (phone !== undefined && !isPhone(phone)) throw new BoundsError(`${phone} is no phone number.`);
  const country = world.state.locations.get(locationId)?.country ?? "US";
  const given = {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email: email.toLowerCase() }),
    ...(phone !== undefined && { phone: normalisePhone(phone, country) }),
  };
  const match = allowsDuplicates(world, locationId) ? undefined : findMatch(world, locationId, given);
  if (match === undefined) {
    const maker = { source: "FORM", channel: "FORM", sourceId: "" };
    return { contact: newContact(world, locationId, { ...given, source, customFields: values }, maker), isNew: true };
  }
  const { contact } = match;
  const customFields = [...contact.customFields.filter(({ id }) => !values.some((one) => one.id === id)), ...values];
  const dateUpdated = new Date(world.clock.now()).toISOString();
  const { email: _, phone: __, ...names } = given;
  return { contact: world.state.contacts.put({ ...contact, ...names, customFields, dateUpdated }), isNew: false };
}

function readFields(
  world: World,
  locationId: string,
  { fields = {}, files = {} }: FormSubmission,
  origin: string,
): readonly CustomFieldValue[] {
  const definitions = world.state.customFields.group(locationId);
  const idOf = (name: string): string => {
    const found = definitions.find(({ id, fieldKey }) => id === name || fieldKey === name || fieldKey === `contact.${name}`);
    if (found === undefined) throw new BoundsError(`The location has no custom field ${name}.`);
    return found.id;
  };
  const plain = Object.entries(fields).map(([name, value]) => ({ id: idOf(name), value }));
  const stored = Object.entries(files).map(([name, file]) => ({ id: idOf(name), value: storeFile(world, locationId, file, origin) }));
  return [...plain, ...stored];
}

/** A file as the value of a field shows it: by an id of its own. */
function storeFile({ state, ids }: World, locationId: string, { name, type = "text/plain", content }: FormFile, origin: string): Fields {
  const id = ids.object();
  const bytes = Buffer.from(content);
  state.files.put({ id, locationId, name, type, content: bytes.toString("base64") });
  const url = `${origin}${storagePath}/${locationId}/media/${id}/${encodeURIComponent(name)}`;
  return { [ids.uuid()]: { meta: { originalname: name, mimetype: type, size: bytes.length }, documentId: id, url } };
}

function submissionFields(form: ResourceRecord, contact: Contact, submission: FormSubmission, values: readonly CustomFieldValue[]): Fields {
  const { firstName, lastName, email, phone, pageUrl = "https://example.com" } = submission;
  const name = [firstName ?? contact.firstName, lastName ?? contact.lastName].filter(Boolean).join(" ");
  const asked = {
    first_name: firstName,
    last_name: lastName,
    email,
    phone,
    ...Object.fromEntries(values.map(({ id, value }) => [id, value])),
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return {
    [form.resource === "/forms" ? "formId" : "surveyId"]: form.recordId,
    contactId: contact.id,
    name,
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    others: { ...given, fieldsOriSequance: Object.keys(given), eventData: { source: "direct", page: { url: pageUrl } } },
  };
}
