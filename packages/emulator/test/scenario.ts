import type { TestAnswer, TestClient } from "./test-client.ts";

/** Calls one operation in a scenario and hands back the answer's body. */
type Step = (method: string, path: string, body?: unknown, token?: string) => Promise<TestAnswer["body"]>;

/**
 * Calls every stateful operation of a generation once or more, in an order in which all succeed.
 * @param version `v3` or a date.
 */
export async function runScenario(
  { emulator, call }: TestClient,
  version: string,
  onAnswer: (answer: TestAnswer, label: string) => Promise<void>,
): Promise<void> {
  const step: Step = async (method, path, body, token) => {
    const sent =
      body instanceof FormData
        ? { multipart: body }
        : body instanceof URLSearchParams
          ? { form: Object.fromEntries(body) }
          : body !== undefined && { body };
    const answer = await call(method, path, { version, ...sent, ...(token !== undefined && { token }) });
    await onAnswer(answer, `${method} ${path}`);
    return answer.body;
  };
  await locations(step, emulator.seed);
  const contactId = await contacts(step, emulator.seed, version);
  await opportunities(step, emulator.seed, contactId, version);
  await conversations(step, emulator.seed, version);
  await users(step, emulator.seed, version);
  await step("DELETE", `/contacts/${contactId}`);
  await oauth(step, emulator.seed, version);
}

async function oauth(step: Step, seed: Seed, version: string): Promise<void> {
  const { app, tokens, companyId, locationId } = seed;
  const isCurrent = version === "v3";
  const named = `companyId=${companyId}&appId=${app.id}`;
  await step("GET", `/oauth/${isCurrent ? "installed-locations" : "installedLocations"}?${named}`, undefined, tokens.appCompany);
  const mint = new URLSearchParams({ companyId, locationId });
  const minted = await step("POST", `/oauth/${isCurrent ? "location-token" : "locationToken"}`, mint, tokens.appCompany);
  const spell = (name: string): string => (isCurrent ? name : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const refresh = new URLSearchParams({
    [spell("clientId")]: app.clientId,
    [spell("clientSecret")]: app.clientSecret,
    [spell("grantType")]: "refresh_token",
    [spell("refreshToken")]: minted[spell("refreshToken")],
  });
  const refreshed = await step("POST", "/oauth/token", refresh);
  await step("GET", `/marketplace/app/${app.id}/installations`, undefined, refreshed[spell("accessToken")]);
  await step("DELETE", `/marketplace/app/${app.id}/installations`, { companyId, reason: "done" }, tokens.appCompany);
}

type Seed = TestClient["emulator"]["seed"];

async function locations(step: Step, seed: Seed): Promise<void> {
  const { locationId, companyId, tokens } = seed;
  const at = `/locations/${locationId}`;
  await step("GET", at);
  await step("GET", "/locations/search?limit=5", undefined, tokens.agency);
  const created = await step("POST", "/locations/", { name: "Third", companyId, country: "DE", phone: "+4930123456" }, tokens.agency);
  await step("PUT", `/locations/${created.id}`, { companyId, name: "Third one" }, tokens.agency);
  await step("DELETE", `/locations/${created.id}?deleteTwilioAccount=false`, undefined, tokens.agency);
  await step("GET", `${at}/timezones`);
  const { tag } = await step("POST", `${at}/tags`, { name: "Fresh" });
  await step("GET", `${at}/tags/${tag.id}`);
  await step("PUT", `${at}/tags/${tag.id}`, { name: "Fresher" });
  await step("GET", `${at}/tags`);
  await step("DELETE", `${at}/tags/${tag.id}`);
  const { customField } = await step("POST", `${at}/customFields`, { name: "Shoe size", dataType: "NUMERICAL", model: "contact" });
  await step("GET", `${at}/customFields/${customField.id}`);
  await step("PUT", `${at}/customFields/${customField.id}`, { name: "Shoe size (EU)" });
  const { customFieldFolder } = await step("POST", `${at}/customFields`, { name: "Feet", documentType: "folder", model: "contact" });
  await step("PUT", `${at}/customFields/${customField.id}`, { name: "Shoe size", parentId: customFieldFolder.id });
  await step("GET", `${at}/customFields?model=all`);
  await step("POST", `${at}/customFields/upload`, fileNamed("file", { id: customField.id, maxFiles: "1" }));
  await step("DELETE", `${at}/customFields/${customField.id}`);
  const { customValue } = await step("POST", `${at}/customValues`, { name: "Motto", value: "Smile" });
  await step("GET", `${at}/customValues/${customValue.id}`);
  await step("PUT", `${at}/customValues/${customValue.id}`, { name: "Motto", value: "Smile more" });
  await step("GET", `${at}/customValues`);
  await step("DELETE", `${at}/customValues/${customValue.id}`);
  await step("POST", `${at}/tasks/search`, { limit: 5 });
  await step("GET", `/workflows/?locationId=${locationId}`);
  await step("GET", `/campaigns/?locationId=${locationId}`);
  await step("GET", `/calendars/?locationId=${locationId}`);
  await step("GET", `/calendars/${seed.calendarId}`);
  const { buiseness } = await step("POST", "/businesses/", { locationId, name: "Shop" });
  await step("PUT", `/businesses/${buiseness.id}`, { name: "Shop two" });
  await step("GET", `/businesses/${buiseness.id}`);
  await step("GET", `/businesses/?locationId=${locationId}`);
  await step("DELETE", `/businesses/${buiseness.id}`);
}

async function contacts(step: Step, seed: Seed, version: string): Promise<string> {
  const { locationId, businessId, campaignId, workflowIds, customFieldIds, users: userIds } = seed;
  const isCurrent = version === "v3";
  const fieldValue = isCurrent ? "fieldValue" : "field_value";
  const customFields = [{ id: customFieldIds["contact.pet_name"], [fieldValue]: "Rex" }];
  const dndSettings = { [isCurrent ? "email" : "Email"]: { status: "inactive", message: "", code: "" } };
  const { contact } = await step("POST", "/contacts/", {
    locationId,
    name: "Ann Lee",
    email: "ann@example.com",
    phone: "2025550101",
    customFields,
    dndSettings,
  });
  const at = `/contacts/${contact.id}`;
  await step("GET", at);
  await step("PUT", at, { city: "Springfield" });
  await step("POST", "/contacts/upsert", { locationId, email: "ann@example.com", lastName: "Park" });
  await step("GET", `/contacts/search/duplicate?locationId=${locationId}&email=ann%40example.com`);
  await step("POST", "/contacts/search", { locationId, pageLimit: 5, filters: [{ field: "city", operator: "eq", value: "Springfield" }] });
  if (!isCurrent) await step("GET", `/contacts/?locationId=${locationId}&limit=5`);
  await step("POST", `${at}/tags`, { tags: ["Gold"] });
  await step("DELETE", `${at}/tags`, { tags: ["gold"] });
  await step("POST", "/contacts/bulk/tags/update/add", { contacts: [contact.id], tags: ["bulk"], locationId });
  await step("POST", "/contacts/bulk/business", { locationId, ids: [contact.id], businessId });
  await step("GET", `/contacts/business/${businessId}?locationId=${locationId}`);
  const { note } = await step("POST", `${at}/notes`, { body: "Likes tea" });
  await step("GET", `${at}/notes`);
  await step("GET", `${at}/notes/${note.id}`);
  await step("PUT", `${at}/notes/${note.id}`, { body: "Likes coffee" });
  await step("DELETE", `${at}/notes/${note.id}`);
  const { task } = await step("POST", `${at}/tasks`, { title: "Call", dueDate: "2026-12-01T09:00:00Z", completed: false });
  await step("GET", `${at}/tasks`);
  await step("GET", `${at}/tasks/${task.id}`);
  await step("PUT", `${at}/tasks/${task.id}`, { title: "Call again" });
  await step("PUT", `${at}/tasks/${task.id}/completed`, { completed: true });
  await step("POST", `/locations/${locationId}/tasks/search`, { completed: true });
  await step("DELETE", `${at}/tasks/${task.id}`);
  await step("POST", `${at}/followers`, { followers: [userIds.admin] });
  await step("DELETE", `${at}/followers`, { followers: [userIds.admin] });
  await step("POST", `${at}/campaigns/${campaignId}`, {});
  await step("DELETE", `${at}/campaigns/${campaignId}`);
  await step("DELETE", `${at}/campaigns/${isCurrent ? "remove-all" : "removeAll"}`);
  await step("POST", `${at}/workflow/${workflowIds[0]}`, {});
  await step("DELETE", `${at}/workflow/${workflowIds[0]}`, {});
  await calendars(step, seed, contact.id as string);
  return contact.id as string;
}

async function calendars(step: Step, seed: Seed, contactId: string): Promise<void> {
  const { locationId, calendarId } = seed;
  const { calendar } = await step("POST", "/calendars/", { locationId, name: "Check-up", slotDuration: 1, slotDurationUnit: "hours" });
  await step("PUT", `/calendars/${calendar.id}`, { name: "Check-up, long" });
  await step("DELETE", `/calendars/${calendar.id}`);
  const [from, until] = [Date.UTC(2030, 0, 7), Date.UTC(2030, 0, 9)];
  await step("GET", `/calendars/${calendarId}/free-slots?startDate=${from}&endDate=${until}`);
  const startTime = "2030-01-07T10:00:00-05:00";
  const appointment = await step("POST", "/calendars/events/appointments", { calendarId, locationId, contactId, startTime });
  await step("GET", `/calendars/events/appointments/${appointment.id}`);
  await step("PUT", `/calendars/events/appointments/${appointment.id}`, { appointmentStatus: "showed" });
  await step("GET", `/calendars/events?locationId=${locationId}&calendarId=${calendarId}&startTime=${from}&endTime=${until}`);
  await step("GET", `/contacts/${contactId}/appointments`);
  await step("DELETE", `/calendars/events/${appointment.id}`, {});
}

async function opportunities(step: Step, seed: Seed, contactId: string, version: string): Promise<void> {
  const { locationId, pipelineId, stageIds, customFieldIds, users: userIds } = seed;
  const fieldValue = version === "v3" ? "fieldValue" : "field_value";
  const customFields = [{ id: customFieldIds["opportunity.referrer"], [fieldValue]: "Bob" }];
  await step("GET", `/opportunities/pipelines?locationId=${locationId}`);
  if (version === "v3")
    await step("POST", "/opportunities/pipelines", { locationId, name: "Renewals", stages: [{ name: "Due" }, { name: "Done" }] });
  await step("GET", `/opportunities/lost-reason?locationId=${locationId}`);
  const { opportunity } = await step("POST", "/opportunities/", {
    locationId,
    pipelineId,
    contactId,
    name: "Deal",
    status: "open",
    monetaryValue: 100,
    customFields,
  });
  const at = `/opportunities/${opportunity.id}`;
  await step("GET", at);
  await step("PUT", at, { pipelineStageId: stageIds[1], monetaryValue: 120 });
  await step("PUT", `${at}/status`, { status: "won" });
  await step("POST", `${at}/followers`, { followers: [userIds.admin] });
  await step("DELETE", `${at}/followers`, { followers: [userIds.admin] });
  await step("POST", "/opportunities/upsert", { id: opportunity.id, locationId, pipelineId, name: "Deal two" });
  const location = version === "v3" ? "locationId" : "location_id";
  await step("GET", `/opportunities/search?${location}=${locationId}&getTasks=true&getNotes=true`);
  await step("POST", "/opportunities/search", { locationId, query: "deal", limit: 10 });
  await step("DELETE", at);
}

async function conversations(step: Step, seed: Seed, version: string): Promise<void> {
  const { locationId } = seed;
  // A contact without appointments: each of those leaves an activity in the thread.
  const { contact } = await step("POST", "/contacts/", { locationId, email: "thread@example.com", phone: "+12025550142" });
  const contactId = contact.id as string;
  const { tokens, conversationProviders } = seed;
  const { conversations: opened } = await step("GET", `/conversations/search?locationId=${locationId}&contactId=${contactId}`);
  await step("DELETE", `/conversations/${opened[0].id}`);
  const { conversation } = await step("POST", "/conversations/", { locationId, contactId });
  const at = `/conversations/${conversation.id}`;
  await step("PUT", at, { locationId, starred: true });
  await step("GET", at);
  const text = { type: "SMS", contactId, message: "Hello", conversationProviderId: conversationProviders.sms };
  const sms = await step("POST", "/conversations/messages", text, tokens.appLocation);
  const letter = { type: "Email", contactId, html: "<p>Hello</p>", subject: "Hi", conversationProviderId: conversationProviders.email };
  const mail = await step("POST", "/conversations/messages", letter, tokens.appLocation);
  const message = `/conversations/messages/${sms.messageId}`;
  await step("GET", message);
  await step("PUT", `${message}/status`, { status: "read" }, tokens.appLocation);
  if (version === "v3")
    await step("PUT", `/conversations/messages/email/${mail.emailMessageId}/status`, { status: "opened" }, tokens.appLocation);
  await step("PUT", `${message}/attachments`, { attachments: ["https://example.com/a.png"] });
  await step("GET", `/conversations/messages/email/${mail.emailMessageId}`);
  await step("POST", "/conversations/messages/inbound", { type: "SMS", conversationId: conversation.id, message: "Hi back" });
  const made = {
    type: "Call",
    contactId,
    conversationProviderId: conversationProviders.call,
    call: { to: "+12025550142", from: "+12025550100", status: "completed" },
  };
  await step("POST", "/conversations/messages/outbound", made, tokens.appLocation);
  await step("GET", `${at}/messages?limit=2`);
  await step("POST", "/conversations/messages/upload", fileNamed("fileAttachment", { contactId, locationId }));
  await step("GET", `/conversations/search?locationId=${locationId}`);
  await step("GET", `/conversations/messages/export?locationId=${locationId}&limit=10`);
  const later = { contactId, scheduledTimestamp: 4_102_444_800 };
  const first = await step("POST", "/conversations/messages", { ...later, type: "SMS", message: "Later" });
  await step("DELETE", `/conversations/messages/${first.messageId}/schedule`);
  const second = await step("POST", "/conversations/messages", { ...later, type: "Email", html: "Later" });
  await step("DELETE", `/conversations/messages/email/${second.emailMessageId}/schedule`);
  await step("DELETE", at);
}

/** A form with some fields and one file. */
function fileNamed(part: string, fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append(part, new File(["x"], "a.txt"));
  return form;
}

async function users(step: Step, seed: Seed, version: string): Promise<void> {
  const { companyId, locationId, tokens } = seed;
  const input = {
    companyId,
    firstName: "Una",
    lastName: "User",
    email: "una@example.com",
    password: "Secret-123",
    type: "account",
    role: "user",
    locationIds: [locationId],
  };
  const user = await step("POST", "/users/", input, tokens.agency);
  await step("GET", `/users/${user.id}`);
  await step("PUT", `/users/${user.id}`, { lastName: "Newname" });
  await step("GET", `/users/search?companyId=${companyId}`, undefined, tokens.agency);
  await step("POST", "/users/search/filter-by-email", { companyId, emails: "una@example.com" }, tokens.agency);
  if (version !== "v3") await step("GET", `/users/?locationId=${locationId}`);
  await step("DELETE", `/users/${user.id}`);
}
