import type { Scope } from "@ghlkit/contract";
import type { CompanyClient, GhlError, LocationClient, Page } from "../src/index.ts";
import { createClient } from "../src/index.ts";
import { createClient as createV2Client } from "../src/v2.ts";
import { createPathClient } from "../src/path.ts";

/** Compiles, or does not: nothing here runs. */
export async function facade(): Promise<void> {
  const client = createClient();
  const { contact } = await client.contacts.get({ contactId: "1" });
  const id: string = contact.id;
  await client.contacts.create({ body: { locationId: id, firstName: "Ada" } });
  await client.contacts.get(
    { contactId: "1" },
    { signal: AbortSignal.timeout(1), timeoutMs: 5, priority: "bulk", headers: { "x-own": "1" } },
  );

  // @ts-expect-error -- a path parameter is missing
  await client.contacts.get({});
  // @ts-expect-error -- nor may the input be left out
  await client.contacts.get();
  // @ts-expect-error -- an unknown parameter
  await client.contacts.get({ contactId: "1", contctId: "2" });
  // @ts-expect-error -- an unknown query parameter, without a body
  await client.opportunities.search({ locationId: "1", pipeline_id: "2" });
  // @ts-expect-error -- an unknown body field
  await client.contacts.create({ body: { locationId: "1", firstNme: "Ada" } });
  // @ts-expect-error -- a wrong enum value
  await client.opportunities.updateStatus({ id: "1", body: { status: "NOT_A_STATUS" } });
  // @ts-expect-error -- a required body field is missing
  await client.opportunities.create({ body: { locationId: "1", pipelineId: "2", status: "open", contactId: "3" } });
  // @ts-expect-error -- the location is required when the client is not bound
  await client.contacts.create({ body: { firstName: "Ada" } });
  // @ts-expect-error -- an unknown option
  await client.contacts.get({ contactId: "1" }, { timeout: 5 });
  // @ts-expect-error -- an operation that does not exist
  await client.contacts.fetch({ contactId: "1" });
}

export async function bound(location: LocationClient, company: CompanyClient): Promise<void> {
  await location.contacts.create({ body: { firstName: "Ada" } });
  await location.workflows.list();
  await location.payments.listOrders({ limit: 5 });
  await location.medias.uploadFile({ body: { file: new Blob(["x"]), name: "n" } });
  await location.medias.uploadFile({ body: new FormData() });
  await location.medias.uploadFile({ body: { file: Buffer.from("x"), name: "n" } });
  await location.medias.uploadFile({ body: { file: new ArrayBuffer(1) } });
  // @ts-expect-error a number is no body
  await location.medias.uploadFile({ body: 42 });
  // @ts-expect-error a text is no file
  await location.medias.uploadFile({ body: { file: "path" } });
  // @ts-expect-error a lane that does not exist
  location.with({ priority: "urgent" });
  await location.with({ priority: "bulk" }).contacts.get({ contactId: "c" });
  await location.contacts.create({ body: { firstName: "Ada", locationId: "other" } });
  await company.saas.listSaasLocations({ page: 1 });
  // @ts-expect-error -- an agency token may not read contacts
  await company.contacts.get({ contactId: "1" });
  // @ts-expect-error -- a location token may not list what an agency sells
  await location.saas.listSaasLocations({ page: 1 });
}

export async function answers(client: LocationClient): Promise<void> {
  const { opportunity } = await client.opportunities.get({ id: "1" });
  // Enums of answers are open: a value to come is no type error, the known ones are completed.
  const status: string | undefined = opportunity.status;
  // @ts-expect-error -- an answer field that may be absent is not taken for granted
  const name: string = opportunity.source;
  for await (const item of client.contacts.search({ body: { pageLimit: 100 } })) item.id satisfies string;
  for await (const page of client.contacts.search({ body: { pageLimit: 100 } }).pages()) {
    page satisfies Page<unknown, { readonly id: string }>;
    const next: string | undefined = page.resume;
    await client.contacts.search({ body: { pageLimit: 100 } }, next === undefined ? {} : { resume: next });
  }
  // @ts-expect-error -- a call that is no list has no pages
  client.contacts.get({ contactId: "1" }).pages();
  const { response, rate, traceId } = await client.contacts.get({ contactId: "1" }).withResponse();
  const known: [number, number | undefined, string | undefined, string | undefined, string] = [
    response.status,
    rate.remaining,
    traceId,
    status,
    name,
  ];
  void known;
}

/** Answers and inputs as they were seen live, where the documents say otherwise. */
export async function asSeenLive(client: LocationClient): Promise<void> {
  for (const sentence of await client.conversations.getMessageTranscription({ messageId: "1" })) sentence.transcript satisfies string;
  const upload = await client.conversations.uploadAttachments({ body: { contactId: "1", fileAttachment: [new Blob(["x"])] } });
  upload.uploadedFiles["a.png"] satisfies string | undefined;
  const { customField, customFieldFolder } = await client.locations.createCustomField({ body: { name: "Feet", documentType: "folder" } });
  customFieldFolder?.id satisfies string | undefined;
  customField?.parentId satisfies string | undefined;
  const { record } = await client.objects.createRecord({ schemaKey: "custom_objects.pet", body: { properties: { name: "Rex" } } });
  record.relations satisfies unknown[] | undefined;
  const { pipeline } = await client.opportunities.createPipeline({ body: { name: "Renewals", stages: [{ name: "Due" }] } });
  pipeline.id satisfies string;
  await client.payments.listOrders({ limit: 5 });
  await client.invoices.createEstimate({
    body: {
      name: "Roof",
      businessDetails: {},
      currency: "USD",
      items: [],
      discount: { type: "percentage" },
      contactDetails: { id: "1", name: "Ada", phoneNo: "+12025550100", email: "ada@example.com" },
      expiryDate: "2026-12-31",
      frequencySettings: { enabled: false },
    },
  });
}

/** What every recorded live answer carries needs no check. */
export async function alwaysThere(client: LocationClient): Promise<void> {
  const { contact, traceId } = await client.contacts.get({ contactId: "1" });
  [contact.id, contact.locationId, contact.dateAdded, ...contact.tags, traceId] satisfies string[];
  const { opportunity } = await client.opportunities.get({ id: "1" });
  [opportunity.id, opportunity.pipelineId, opportunity.pipelineStageId, opportunity.contactId, opportunity.createdAt] satisfies string[];
  for await (const message of client.conversations.listMessages({ conversationId: "1" }))
    [message.id, message.conversationId, message.contactId, message.direction, message.messageType] satisfies string[];
  for await (const conversation of client.conversations.search({})) [conversation.id, conversation.contactId] satisfies string[];
  const { appointment } = await client.calendars.getAppointment({ eventId: "1" });
  [appointment.id, appointment.calendarId, appointment.contactId, appointment.startTime] satisfies unknown[];
  const { task } = await client.contacts.createTask({
    contactId: "1",
    body: { title: "t", dueDate: "2026-01-01T00:00:00Z", completed: false },
  });
  [task.id, task.contactId, task.title, task.dueDate] satisfies string[];
  // @ts-expect-error -- an address is not always there
  contact.address1 satisfies string;
  const message = await client.conversations.getMessage({ id: "1" });
  // @ts-expect-error -- one Version answers an envelope, another the message itself
  message.conversationId satisfies string;
  ("message" in message ? message.message : message).conversationId satisfies string;
}

export async function paths(): Promise<void> {
  const client = createPathClient();
  const { data, error } = await client.GET("/contacts/{contactId}", { params: { path: { contactId: "1" } } });
  if (error === undefined) data.contact.id satisfies string;
  else error satisfies GhlError;
  // @ts-expect-error -- a path that does not exist
  await client.GET("/contact/{contactId}", { params: { path: { contactId: "1" } } });
  // @ts-expect-error -- a path parameter is missing
  await client.GET("/contacts/{contactId}", { params: { path: {} } });
  // @ts-expect-error -- an unknown query parameter
  await client.GET("/opportunities/search", { params: { query: { locationId: "1", pipeline_id: "2" } } });
  // @ts-expect-error -- a wrong enum value
  await client.PUT("/opportunities/{id}/status", { params: { path: { id: "1" } }, body: { status: "NOT_A_STATUS" } });
}

export async function generations(): Promise<void> {
  const v2 = createV2Client();
  await v2.opportunities.search({ location_id: "1", pipeline_id: "2" });
  // @ts-expect-error -- v2 has its own spelling
  await v2.opportunities.search({ locationId: "1" });
  await createClient().conversations.listCustomSubtypes({ locationId: "1" });
}

export function errors(error: GhlError): string | undefined {
  switch (error.code) {
    case "duplicate":
      return error.existingId;
    case "scope_missing":
      return error.need.join();
    case "rate_burst":
      return String(error.retryAfterMs);
    default:
      // @ts-expect-error -- details belong to their code
      return error.existingId;
  }
}

export const scope: Scope = "contacts.readonly";
// @ts-expect-error -- a scope that no operation states
export const misspelt: Scope = "contact.readonly";

/** Free slots by day: by a date, by a variable and in a loop. */
export async function freeSlots(day: string): Promise<readonly string[]> {
  const client = createClient();
  const answer = await client.calendars.listFreeSlots({ calendarId: "1", startDate: 1, endDate: 2 });
  const traceId: string | undefined = answer.traceId;
  const ofDate: readonly string[] | undefined = answer["2026-12-01"]?.slots;
  const variable = answer[day];
  const ofVariable: readonly string[] = typeof variable === "object" ? variable.slots : [];
  const all = Object.entries(answer).flatMap(([, one]) => (typeof one === "object" ? one.slots : []));
  // @ts-expect-error -- under a date stands no text
  const text: string | undefined = answer["2026-12-01"];
  return [...(ofDate ?? []), ...ofVariable, ...all, traceId ?? "", text ?? ""];
}
