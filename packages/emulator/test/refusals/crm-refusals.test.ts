import { beforeAll, describe, expect, test } from "vitest";
import { createTestClient, type CallOptions, type TestAnswer } from "../test-client.ts";

const clock = { now: () => Date.UTC(2026, 10, 30) };
const { call, emulator } = createTestClient({ clock });
const { seed } = emulator;
const { locationId, pipelineId, tokens, conversationProviders: providers } = seed;

/** Ids that requests name as `$ann`, `$sms`. */
const ids: Record<string, string> = {};
const dated = { version: "2021-07-28" } as const;

async function made(path: string, body: object, options: CallOptions = {}): Promise<TestAnswer["body"]> {
  const answer = await call("POST", path, { ...dated, body, ...options });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

beforeAll(async () => {
  const person = async (fields: object): Promise<string> => (await made("/contacts/", { locationId, ...fields })).contact.id;
  ids["ann"] = await person({ firstName: "Ann", email: "ann@example.com", phone: "+12025550101" });
  ids["bob"] = await person({ firstName: "Bob", email: "bob@example.com" });
  ids["phoneOnly"] = await person({ phone: "+12025550102" });
  ids["silent"] = await person({
    email: "silent@example.com",
    phone: "+12025550103",
    dndSettings: { SMS: { status: "active", message: "", code: "" }, Email: { status: "active", message: "", code: "" } },
  });
  ids["stopped"] = await person({ email: "stopped@example.com", phone: "+12025550104" });
  emulator.act.replyAs(ids["stopped"], "STOP");
  ids["bounced"] = await person({ email: "gone@nowhere.invalid" });
  await made("/opportunities/", { locationId, pipelineId, contactId: ids["ann"], name: "Deal", status: "open" });
  const sms = { type: "SMS", contactId: ids["ann"], message: "Hello" };
  ids["native"] = (await made("/conversations/messages", sms)).messageId;
  const provided = { ...sms, conversationProviderId: providers.sms };
  ids["sms"] = (await made("/conversations/messages", provided, { token: tokens.appLocation })).messageId;
  ids["delivered"] = (await made("/conversations/messages", provided, { token: tokens.appLocation })).messageId;
  await call("PUT", `/conversations/messages/${ids["delivered"]}/status`, {
    ...dated,
    body: { status: "delivered" },
    token: tokens.appLocation,
  });
  ids["missed"] = emulator.act.callIn(ids["ann"], { status: "no-answer" }).messageId;
  const found = await call("GET", `/conversations/search?locationId=${locationId}&contactId=${ids["ann"]}`, dated);
  ids["thread"] = found.body.conversations[0].id;
});

/** What is asked, and what the platform answers: status, words, and the rest of the body. */
type Case = readonly [what: string, request: readonly [string, string, object?, CallOptions?], status: number, body: object];

const app: CallOptions = { token: tokens.appLocation };
const textOf = (message: string, canonicalCode?: string): object => ({ message, ...(canonicalCode !== undefined && { canonicalCode }) });
const send = (fields: object, options: CallOptions = {}) => ["POST", "/conversations/messages", fields, options] as const;
const noContent = textOf(
  "There is no message or attachments for this message. Please add a message or upload an attachment(s).",
  "CONVERSATIONS_MSG_NO_CONTENT",
);
const mail = { type: "Email", html: "<p>Hi</p>", subject: "Hi" };

const contacts: readonly Case[] = [
  ["an e-mail that is none", ["POST", "/contacts/", { locationId, email: "free text" }], 422, { message: ["email must be an email"] }],
  ["an empty e-mail", ["POST", "/contacts/", { locationId, email: "" }], 422, { message: ["email must be an email"] }],
  ["an empty phone", ["POST", "/contacts/", { locationId, email: "x@example.com", phone: "" }], 422, { statusCode: 422 }],
  ["a phone that is none", ["POST", "/contacts/", { locationId, phone: "123" }], 422, { statusCode: 422 }],
  ["a country that is none", ["POST", "/contacts/", { locationId, email: "x@example.com", country: "Narnia" }], 422, { statusCode: 422 }],
  ["a location alone: 400 on the wire, 422 in the body", ["POST", "/contacts/", { locationId }], 400, { statusCode: 422 }],
  ["the same of an upsert", ["POST", "/contacts/upsert", { locationId }], 400, { statusCode: 422 }],
  [
    "an assignee who is none",
    ["POST", "/contacts/", { locationId, email: "x@example.com", assignedTo: "nobody" }],
    404,
    { statusCode: 404 },
  ],
  ["a contact that is none: 400, not 404", ["GET", "/contacts/nobody"], 400, textOf("Contact with id nobody not found")],
  [
    "a duplicate",
    ["POST", "/contacts/", { locationId, email: "ANN@example.com" }],
    400,
    { message: "This location does not allow duplicated contacts.", meta: { contactName: "Ann", matchingField: "email" } },
  ],
  [
    "an update to the e-mail of another",
    ["PUT", "/contacts/$bob", { email: "ann@example.com" }],
    400,
    textOf("This location does not allow duplicated contacts."),
  ],
  ["gender in an update", ["PUT", "/contacts/$ann", { gender: "f" }], 422, { message: ["property gender should not exist"] }],
  [
    "further e-mails",
    ["PUT", "/contacts/$ann", { additionalEmails: ["a@example.com"] }],
    422,
    { message: ["property additionalEmails should not exist"] },
  ],
  ["locationId in an update", ["PUT", "/contacts/$ann", { locationId }], 422, { message: ["property locationId should not exist"] }],
  [
    "a note with a locationId",
    ["POST", "/contacts/$ann/notes", { body: "x", locationId }],
    422,
    { message: ["property locationId should not exist"] },
  ],
  [
    "tags with a locationId",
    ["POST", "/contacts/$ann/tags", { tags: ["a"], locationId }],
    422,
    { message: ["property locationId should not exist"] },
  ],
  ["a task that is not complete", ["POST", "/contacts/$ann/tasks", { title: "x" }], 422, { statusCode: 422 }],
  [
    "a look-up of duplicates by nothing",
    ["GET", `/contacts/search/duplicate?locationId=${locationId}`],
    400,
    textOf("Pass at least one of number, email query parameter"),
  ],
  [
    "a flat range in a search",
    ["POST", "/contacts/search", { locationId, pageLimit: 10, filters: [{ field: "dateAdded", operator: "gt", value: 1 }] }],
    422,
    { message: ["Invalid Operator"] },
  ],
  [
    "an unknown key of a custom field",
    ["PUT", "/contacts/$ann", { customFields: [{ key: "contact.colour", field_value: "red" }] }],
    422,
    { statusCode: 422 },
  ],
  [
    "an amount that is none",
    ["PUT", "/contacts/$ann", { customFields: [{ id: seed.customFieldIds["contact.budget"], field_value: "abc" }] }],
    422,
    { statusCode: 422 },
  ],
  [
    "a page of more than 100",
    ["GET", `/contacts/?locationId=${locationId}&limit=101`],
    422,
    { message: ["limit must not be greater than 100"] },
  ],
  ["the old list without a location", ["GET", "/contacts/?limit=1"], 403, textOf("The token does not have access to this location.")],
  ["the locations of the agency, for one location", ["GET", "/locations/search"], 403, textOf("Forbidden resource")],
];

const messages: readonly Case[] = [
  ["an e-mail without HTML", send({ type: "Email", contactId: "$ann", subject: "s", message: "x" }), 422, noContent],
  ["a text message without text", send({ type: "SMS", contactId: "$ann" }), 422, noContent],
  [
    "a text message to no phone",
    send({ type: "SMS", contactId: "$bob", message: "x" }),
    400,
    textOf("Missing phone number", "CONVERSATIONS_MSG_NO_PHONE"),
  ],
  ["an e-mail to no address", send({ ...mail, contactId: "$phoneOnly" }), 400, { canonicalCode: "CONVERSATIONS_MSG_NO_EMAIL" }],
  [
    "a mailbox that cannot be",
    send({ ...mail, contactId: "$bounced" }),
    400,
    textOf("Unable to send e-mail, contact's e-mail is invalid", "CONVERSATIONS_MSG_INVALID_EMAIL"),
  ],
  [
    "an address of someone else, the case of letters included",
    send({ ...mail, contactId: "$ann", emailTo: "Ann@example.com" }),
    400,
    textOf("Cannot send message as emailTo is not under contact's primary or additional emails", "CONVERSATIONS_MSG_INVALID_EMAILTO"),
  ],
  [
    "do-not-disturb of text messages",
    send({ type: "SMS", contactId: "$silent", message: "x" }),
    400,
    textOf("Cannot send message as DND is active for SMS.", "CONVERSATIONS_MSG_DND_ACTIVE_SMS"),
  ],
  [
    "do-not-disturb of e-mails",
    send({ ...mail, contactId: "$silent" }),
    400,
    textOf("Cannot send message as DND is active for Email.", "CONVERSATIONS_MSG_DND_ACTIVE_EMAIL"),
  ],
  [
    "someone who replied STOP",
    send({ type: "SMS", contactId: "$stopped", message: "x" }),
    400,
    textOf("Cannot send message as +12025550104 has unsubscribed", "CONVERSATIONS_MSG_UNSUBSCRIBED_SMS"),
  ],
  [
    "a provider for another type",
    send({ ...mail, contactId: "$ann", conversationProviderId: providers.sms }, app),
    400,
    textOf("Incorrect conversationProviderId/type", "CONVERSATIONS_MSG_CONVERSATION_PROVIDER_MISMATCH"),
  ],
  [
    "the provider of another app",
    send({ type: "SMS", contactId: "$ann", message: "x", conversationProviderId: providers.foreign }, app),
    401,
    textOf(`You don't have access to the conversationProvider with id: ${providers.foreign}`, "CONVERSATIONS_MSG_PROVIDER_NO_ACCESS"),
  ],
  [
    "a provider, with a private token",
    send({ type: "SMS", contactId: "$ann", message: "x", conversationProviderId: providers.sms }),
    401,
    { canonicalCode: "CONVERSATIONS_MSG_PROVIDER_NO_ACCESS" },
  ],
  ["a type that is none", send({ type: "CUSTOM", contactId: "$ann", message: "x" }), 422, { statusCode: 422 }],
  ["a thread that is none", send({ ...mail, contactId: "$ann", threadId: "nowhere" }), 400, { statusCode: 400 }],
  ["an answer to no e-mail", send({ ...mail, contactId: "$ann", replyMessageId: "$native" }), 400, { statusCode: 400 }],
  [
    "a template error",
    send({ ...mail, contactId: "$ann", html: "Hello {{ first_name || 'you' }}" }),
    400,
    { message: expect.stringMatching(/^Parse error on line 1:/) as string },
  ],
  [
    "a schedule in milliseconds",
    send({ type: "SMS", contactId: "$ann", message: "x", scheduledTimestamp: Date.UTC(2027, 0, 1) }),
    422,
    { statusCode: 422 },
  ],
  [
    "a schedule that is none",
    ["DELETE", "/conversations/messages/$native/schedule"],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_NOT_FOUND", message: expect.stringMatching(/^No message found with id: /) as string },
  ],
  ["a schedule of an e-mail that is none", ["DELETE", "/conversations/messages/email/nowhere/schedule"], 404, { statusCode: 404 }],
  [
    "a company's token",
    send({ type: "SMS", contactId: "$ann", message: "x" }, { token: tokens.appCompany }),
    401,
    textOf("This authClass type is not allowed to access this scope"),
  ],
  [
    "a contact that has its conversation",
    ["POST", "/conversations/", { locationId, contactId: "$ann" }],
    400,
    { canonicalCode: "CONVERSATIONS_CONVERSATION_ALREADY_EXISTS", conversationId: expect.any(String) as string },
  ],
];

const providerCalls: readonly Case[] = [
  [
    "a status by a private token",
    ["PUT", "/conversations/messages/$sms/status", { status: "delivered" }],
    401,
    { canonicalCode: "CONVERSATIONS_MSG_PROVIDER_NO_ACCESS" },
  ],
  [
    "a status of a message without a provider",
    ["PUT", "/conversations/messages/$native/status", { status: "delivered" }, app],
    401,
    { statusCode: 401 },
  ],
  [
    "a failure without an error",
    ["PUT", "/conversations/messages/$sms/status", { status: "failed" }, app],
    422,
    { message: ["error must be an object"] },
  ],
  ["a step back", ["PUT", "/conversations/messages/$delivered/status", { status: "pending" }, app], 400, { statusCode: 400 }],
  [
    "a call that names no provider",
    ["POST", "/conversations/messages/outbound", { type: "Call", conversationId: "$thread", call: { to: "+12025550101" } }, app],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_PROVIDER_ID_REQUIRED" },
  ],
  [
    "a call to another number",
    [
      "POST",
      "/conversations/messages/outbound",
      {
        type: "Call",
        conversationId: "$thread",
        conversationProviderId: providers.call,
        call: { to: "+12025550199", status: "completed" },
      },
      app,
    ],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_INVALID_PHONE" },
  ],
  [
    "a recording that is handed over",
    [
      "POST",
      "/conversations/messages/outbound",
      {
        type: "Call",
        conversationId: "$thread",
        conversationProviderId: providers.call,
        attachments: ["https://example.com/a.wav"],
        call: { to: "+12025550101", status: "completed" },
      },
      app,
    ],
    422,
    { message: ["Invalid recording URL"] },
  ],
  [
    "a channel of its own without provider",
    ["POST", "/conversations/messages/inbound", { type: "Custom", contactId: "$ann", message: "x" }, app],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_PROVIDER_ID_REQUIRED" },
  ],
  [
    "a recording that there is not",
    ["GET", `/conversations/messages/$missed/locations/${locationId}/recording`],
    422,
    { message: ["Message does not have recording"] },
  ],
  [
    "a transcription that there is not",
    ["GET", `/conversations/locations/${locationId}/messages/$missed/transcription`],
    400,
    textOf("Transcription does not exist", "CONVERSATIONS_MSG_RECORDING_NOT_FOUND"),
  ],
  [
    "an export from milliseconds",
    ["GET", `/conversations/messages/export?locationId=${locationId}&startDate=1790000000000`],
    400,
    { canonicalCode: "CONVERSATIONS_MSG_INVALID_START_DATE_FORMAT" },
  ],
  [
    "an export of fewer than ten",
    ["GET", `/conversations/messages/export?locationId=${locationId}&limit=5`],
    422,
    { message: ["limit must not be less than 10"] },
  ],
];

const others: readonly Case[] = [
  [
    "a second opportunity of a contact in a pipeline",
    ["POST", "/opportunities/", { locationId, pipelineId, contactId: "$ann", name: "Deal", status: "open" }],
    400,
    {
      message: "Can not create duplicate opportunity for the contact.",
      code: "OPPORTUNITY_NO_DUPLICATE",
      meta: { existingId: expect.any(String) as string },
    },
  ],
  [
    "an unknown pipeline",
    ["POST", "/opportunities/", { locationId, pipelineId: "nowhere", contactId: "$bob", name: "Deal", status: "open" }],
    400,
    textOf("The pipeline id is invalid."),
  ],
  [
    "no location",
    ["POST", "/opportunities/", { pipelineId, contactId: "$bob", name: "Deal", status: "open" }],
    422,
    { message: ["locationId can't be undefined"] },
  ],
  [
    "a stage by another name",
    ["POST", "/opportunities/", { locationId, pipelineId, stageId: "x", contactId: "$bob", name: "Deal", status: "open" }],
    422,
    { message: ["property stageId should not exist"] },
  ],
  ["the location in camel case in the dated search", ["GET", `/opportunities/search?locationId=${locationId}`], 422, { statusCode: 422 }],
  [
    "the location in snake case of pipelines",
    ["GET", `/opportunities/pipelines?location_id=${locationId}`],
    422,
    { code: "COMMON_LOCATION_ID_UNDEFINED" },
  ],
  [
    "a limit of custom fields",
    ["GET", `/locations/${locationId}/customFields?limit=10`],
    422,
    { message: ["property limit should not exist"] },
  ],
  ["surveys beyond 50", ["GET", `/surveys/?locationId=${locationId}&limit=51`], 422, { message: ["limit must not be greater than 50"] }],
  ["forms beyond 100", ["GET", `/forms/?locationId=${locationId}&limit=101`], 422, { message: ["limit must not be greater than 100"] }],
  ["one form by its id", ["GET", "/forms/anything"], 401, { statusCode: 401 }],
  ["a workflow that is made", ["POST", "/workflows/", {}], 404, textOf("Cannot POST /workflows/")],
  [
    "a key of a custom field in an update",
    ["PUT", `/locations/${locationId}/customFields/${seed.customFieldIds["contact.budget"]}`, { name: "x", fieldKey: "y" }],
    422,
    { statusCode: 422 },
  ],
  ["snapshots for one location", ["GET", `/snapshots/?companyId=${seed.companyId}`], 401, { statusCode: 401 }],
  ["webhooks cannot be managed", ["GET", "/webhooks/"], 404, { statusCode: 404 }],
  [
    "a folder of contacts in the fields of objects",
    ["POST", "/custom-fields/folder", { locationId, objectKey: "contact", name: "x" }],
    400,
    textOf("Api does not support objectKey of type contact or opportunity"),
  ],
  [
    "the key of an object without its prefix",
    ["POST", "/custom-fields/folder", { locationId, objectKey: "pet", name: "x" }],
    400,
    textOf("Invalid key"),
  ],
];

/** Puts ids in the place of `$ann`. */
function filled<T>(value: T): T {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? value : (JSON.parse(text.replaceAll(/\$([a-zA-Z]+)/g, (_, name: string) => ids[name] ?? name)) as T);
}

describe.each([
  ["contacts", contacts],
  ["messages", messages],
  ["what providers and exports are refused", providerCalls],
  ["opportunities, forms and the rest", others],
])("%s", (_, cases) => {
  test.each(cases)("%s", async (_what, [method, path, body, options], status, expected) => {
    const answer = await call(method, filled(path), { ...dated, ...(body !== undefined && { body: filled(body) }), ...options });
    expect(answer.body).toMatchObject(expected);
    expect(answer.status).toBe(status);
  });
});
