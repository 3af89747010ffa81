import type { Emulator } from "../../src/index.ts";
import { callEmulator, type TestAnswer } from "../test-client.ts";

/** An account in use, and how to call it. */
interface Account {
  readonly emulator: Emulator;
  readonly ids: AccountIds;
  readonly call: (method: string, path: string, body?: unknown) => Promise<TestAnswer>;
}

type AccountIds = Readonly<
  Record<
    "contact" | "conversation" | "message" | "opportunity" | "task" | "calendar" | "appointment" | "field" | "value" | "workflow",
    string
  >
>;

/** One call of each operation that has a recording. What it needs is created first, through the API. */
export type RecordedCall = (account: Account) => Promise<TestAnswer>;

/** The day of the appointments: a Thursday. */
const startTime = "2026-12-03T10:00:00-05:00";
const endTime = "2026-12-03T10:30:00-05:00";

/** Makes an account with one of everything. */
export async function openAccount(emulator: Emulator): Promise<Account> {
  const call: Account["call"] = (method, path, body) =>
    callEmulator(emulator, method, path, { version: "2021-07-28", ...(body !== undefined && { body }) });
  const { locationId, pipelineId, workflowIds, customFieldIds } = emulator.seed;
  const inactive = { status: "inactive", message: "", code: "" };
  const person = {
    locationId,
    firstName: "Ann",
    lastName: "Lee",
    email: "ann@example.com",
    phone: "+12025550101",
    tags: ["lead"],
    dndSettings: { Call: inactive, Email: inactive, SMS: inactive },
  };
  const made = async (path: string, body: unknown): Promise<TestAnswer["body"]> => {
    const { status, body: answer } = await call("POST", path, body);
    if (status >= 300) throw new Error(`POST ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const contact = (await made("/contacts/", person)).contact.id;
  const twin = (await made("/contacts/", { ...person, email: "ann.lee@example.com", phone: "+12025550102" })).contact.id;
  emulator.act.mergeContacts(contact, twin);
  const opportunity = { locationId, pipelineId, contactId: contact, name: "Whitening", status: "open", monetaryValue: 250 };
  const calendar = (await made("/calendars/", eventCalendar(locationId))).calendar.id;
  const hours = { daysOfTheWeek: [1], hours: [{ openHour: 9, openMinute: 0, closeHour: 17, closeMinute: 0 }] };
  const team = { teamMembers: [{ userId: emulator.seed.users.admin, priority: 0.5 }], openHours: [hours] };
  await made("/calendars/", { ...eventCalendar(locationId), name: "Visits", calendarType: "round_robin", ...team });
  const appointment = {
    calendarId: calendar,
    locationId,
    contactId: contact,
    startTime,
    endTime,
    title: "Check-up",
    ignoreFreeSlotValidation: true,
  };
  const event = (await made("/calendars/events/appointments", appointment)).id;
  const thread = (await call("GET", `/conversations/search?locationId=${locationId}&contactId=${contact}`)).body.conversations[0].id;
  const messages = (await call("GET", `/conversations/${thread}/messages`)).body.messages.messages;
  const ids: AccountIds = {
    contact,
    conversation: thread,
    message: messages[0].id,
    opportunity: (await made("/opportunities/", opportunity)).opportunity.id,
    task: (await made(`/contacts/${contact}/tasks`, { title: "Call", body: "Ask", dueDate: startTime, completed: false })).task.id,
    calendar,
    appointment: event,
    field: customFieldIds["contact.pet_name"] ?? "",
    value: (await made(`/locations/${locationId}/customValues`, { name: "Hours", value: "9-5" })).customValue.id,
    workflow: workflowIds[0] ?? "",
  };
  await made(`/contacts/${contact}/notes`, { body: "Likes tea" });
  return { emulator, ids, call };
}

function eventCalendar(locationId: string): object {
  return { locationId, name: "Tours", calendarType: "event", slotDuration: 30 };
}

/** By the id of the operation. */
export const recordedCalls: Readonly<Record<string, RecordedCall>> = {
  "calendars.create": ({ call, emulator }) =>
    call("POST", "/calendars/", { ...eventCalendar(emulator.seed.locationId), name: "More tours" }),
  "calendars.createAppointment": ({ call, emulator, ids }) =>
    call("POST", "/calendars/events/appointments", {
      calendarId: ids.calendar,
      locationId: emulator.seed.locationId,
      contactId: ids.contact,
      startTime: "2026-12-03T11:00:00-05:00",
      endTime: "2026-12-03T11:30:00-05:00",
      title: "Second look",
      ignoreFreeSlotValidation: true,
    }),
  "calendars.delete": ({ call, ids }) => call("DELETE", `/calendars/${ids.calendar}`),
  "calendars.deleteEvent": ({ call, ids }) => call("DELETE", `/calendars/events/${ids.appointment}`, {}),
  "calendars.get": ({ call, ids }) => call("GET", `/calendars/${ids.calendar}`),
  "calendars.getAppointment": ({ call, ids }) => call("GET", `/calendars/events/appointments/${ids.appointment}`),
  "calendars.list": ({ call, emulator }) => call("GET", `/calendars/?locationId=${emulator.seed.locationId}`),
  "calendars.listEvents": ({ call, emulator, ids }) => {
    const range = `startTime=${Date.parse(startTime) - 3_600_000}&endTime=${Date.parse(endTime) + 3_600_000}`;
    return call("GET", `/calendars/events?locationId=${emulator.seed.locationId}&calendarId=${ids.calendar}&${range}`);
  },
  "calendars.update": ({ call, ids }) => call("PUT", `/calendars/${ids.calendar}`, { name: "Tours of the house" }),
  "calendars.updateAppointment": ({ call, ids }) =>
    call("PUT", `/calendars/events/appointments/${ids.appointment}`, { title: "Check-up and tea", ignoreFreeSlotValidation: true }),

  "contacts.addTags": ({ call, ids }) => call("POST", `/contacts/${ids.contact}/tags`, { tags: ["lead"] }),
  "contacts.addToWorkflow": ({ call, ids }) => call("POST", `/contacts/${ids.contact}/workflow/${ids.workflow}`, {}),
  "contacts.create": ({ call, emulator }) =>
    call("POST", "/contacts/", { locationId: emulator.seed.locationId, firstName: "Bob", email: "bob@example.com" }),
  "contacts.createNote": ({ call, ids }) => call("POST", `/contacts/${ids.contact}/notes`, { body: "Asked for Ann" }),
  "contacts.createTask": ({ call, ids }) =>
    call("POST", `/contacts/${ids.contact}/tasks`, { title: "Call back", dueDate: startTime, completed: false }),
  "contacts.delete": ({ call, ids }) => call("DELETE", `/contacts/${ids.contact}`),
  "contacts.deleteTask": ({ call, ids }) => call("DELETE", `/contacts/${ids.contact}/tasks/${ids.task}`),
  "contacts.findDuplicate": ({ call, emulator }) =>
    call("GET", `/contacts/search/duplicate?locationId=${emulator.seed.locationId}&email=ann@example.com`),
  "contacts.get": ({ call, ids }) => call("GET", `/contacts/${ids.contact}`),
  "contacts.listNotes": ({ call, ids }) => call("GET", `/contacts/${ids.contact}/notes`),
  "contacts.listTasks": ({ call, ids }) => call("GET", `/contacts/${ids.contact}/tasks`),
  "contacts.removeFromWorkflow": ({ call, ids }) => call("DELETE", `/contacts/${ids.contact}/workflow/${ids.workflow}`, {}),
  "contacts.removeTags": ({ call, ids }) => call("DELETE", `/contacts/${ids.contact}/tags`, { tags: ["lead"] }),
  "contacts.search": ({ call, emulator }) => call("POST", "/contacts/search", { locationId: emulator.seed.locationId, pageLimit: 20 }),
  "contacts.update": ({ call, ids }) => call("PUT", `/contacts/${ids.contact}`, { city: "Springfield" }),
  "contacts.updateTask": ({ call, ids }) => call("PUT", `/contacts/${ids.contact}/tasks/${ids.task}`, { title: "Call again" }),
  "contacts.upsert": ({ call, emulator }) =>
    call("POST", "/contacts/upsert", { locationId: emulator.seed.locationId, email: "ann@example.com", lastName: "Lee-Park" }),

  "conversations.delete": ({ call, ids }) => call("DELETE", `/conversations/${ids.conversation}`),
  "conversations.get": ({ call, ids }) => call("GET", `/conversations/${ids.conversation}`),
  "conversations.getMessage": ({ call, ids }) => call("GET", `/conversations/messages/${ids.message}`),
  "conversations.listMessages": ({ call, ids }) => call("GET", `/conversations/${ids.conversation}/messages`),
  "conversations.search": ({ call, emulator }) => call("GET", `/conversations/search?locationId=${emulator.seed.locationId}`),
  "conversations.sendMessage": ({ call, ids }) =>
    call("POST", "/conversations/messages", { type: "SMS", contactId: ids.contact, message: "See you at ten" }),
  "conversations.update": ({ call, emulator, ids }) =>
    call("PUT", `/conversations/${ids.conversation}`, { locationId: emulator.seed.locationId, starred: true }),

  "locations.createCustomField": ({ call, emulator }) =>
    call("POST", `/locations/${emulator.seed.locationId}/customFields`, { name: "Shoe size", dataType: "TEXT", model: "contact" }),
  "locations.createCustomValue": ({ call, emulator }) =>
    call("POST", `/locations/${emulator.seed.locationId}/customValues`, { name: "Slogan", value: "Smile" }),
  "locations.deleteCustomField": ({ call, emulator, ids }) =>
    call("DELETE", `/locations/${emulator.seed.locationId}/customFields/${ids.field}`),
  "locations.deleteCustomValue": ({ call, emulator, ids }) =>
    call("DELETE", `/locations/${emulator.seed.locationId}/customValues/${ids.value}`),
  "locations.get": ({ call, emulator }) => call("GET", `/locations/${emulator.seed.locationId}`),
  "locations.getCustomField": ({ call, emulator, ids }) => call("GET", `/locations/${emulator.seed.locationId}/customFields/${ids.field}`),
  "locations.getCustomValue": ({ call, emulator, ids }) => call("GET", `/locations/${emulator.seed.locationId}/customValues/${ids.value}`),
  "locations.listCustomFields": ({ call, emulator }) => call("GET", `/locations/${emulator.seed.locationId}/customFields`),
  "locations.listCustomValues": ({ call, emulator }) => call("GET", `/locations/${emulator.seed.locationId}/customValues`),
  "locations.updateCustomField": ({ call, emulator, ids }) =>
    call("PUT", `/locations/${emulator.seed.locationId}/customFields/${ids.field}`, { name: "Name of the pet" }),
  "locations.updateCustomValue": ({ call, emulator, ids }) =>
    call("PUT", `/locations/${emulator.seed.locationId}/customValues/${ids.value}`, { name: "Hours", value: "9-6" }),

  "opportunities.create": async ({ call, emulator }) => {
    const { locationId, pipelineId } = emulator.seed;
    const phone = "+12025550177";
    const { body } = await call("POST", "/contacts/", { locationId, firstName: "Cid", email: "cid@example.com", phone });
    return call("POST", "/opportunities/", {
      locationId,
      pipelineId,
      contactId: body.contact.id,
      name: "Braces",
      status: "open",
      monetaryValue: 900,
    });
  },
  "opportunities.delete": ({ call, ids }) => call("DELETE", `/opportunities/${ids.opportunity}`),
  "opportunities.get": ({ call, ids }) => call("GET", `/opportunities/${ids.opportunity}`),
  "opportunities.listPipelines": ({ call, emulator }) => call("GET", `/opportunities/pipelines?locationId=${emulator.seed.locationId}`),
  "opportunities.searchAdvanced": ({ call, emulator }) =>
    call("POST", "/opportunities/search", { locationId: emulator.seed.locationId, limit: 20 }),
  "opportunities.update": ({ call, ids }) => call("PUT", `/opportunities/${ids.opportunity}`, { name: "Whitening and tea" }),
  "users.get": ({ call, emulator }) => call("GET", `/users/${emulator.seed.users.admin}`),
  "users.list": ({ call, emulator }) => call("GET", `/users/?locationId=${emulator.seed.locationId}`),
  "workflows.list": ({ call, emulator }) => call("GET", `/workflows/?locationId=${emulator.seed.locationId}`),
};
