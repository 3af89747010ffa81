import { badRequest, notFound, unprocessable } from "../../http/refusal.ts";
import { recordsOf, requireRecord } from "../../resources/record-store.ts";
import { momentOf } from "../../resources/list-parameters.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import { nowIso, type Call } from "../../call/call.ts";
import { isDay } from "../../validate/is-day.ts";
import { blocks } from "./blocked-slots.ts";
import { requireCalendar } from "./calendars.ts";

/** Everything around calendars that is kept by rules: groups, blocks, schedules, services, notes and notifications. */
export const calendarResources: readonly ResourceDeclaration[] = [
  resource("/calendars/groups", {
    create(input, call) {
      if (recordsOf(call, "/calendars/groups").some(({ fields }) => fields["slug"] === input["slug"])) {
        throw badRequest("The slug is not available");
      }
      return { isActive: true, ...input };
    },
  }),
  resource(blocks, {
    create: newBlock,
    change(before, input) {
      const block = { ...before, ...input };
      refuseBlockTimes(block);
      return block;
    },
    filters: {
      startTime: (fields, value) => momentOf(fields["endTime"], false) >= momentOf(value, false),
      endTime: (fields, value) => momentOf(fields["startTime"], false) <= momentOf(value, true),
      userId: (fields, value) => fields["assignedUserId"] === value,
      groupId: (fields, value, call) => call.world.state.calendars.get(String(fields["calendarId"]))?.details["groupId"] === value,
    },
  }),
  resource("/calendars/resources/{}", {
    idStyle: "object",
    create: (input) => ({ isActive: true, ...input }),
  }),
  resource("/calendars/schedules", {
    create: (input) => ({ calendarIds: [], rules: [], ...input }),
    filters: {
      calendarId: (fields, value) => ((fields["calendarIds"] ?? []) as readonly string[]).includes(String(value)),
    },
  }),
  resource("/calendars/schedules/event-calendar/{}"),
  resource("/calendars/services/catalog", {
    create: (input, call) => ({ isPrivate: false, serviceDuration: 30, serviceDurationUnit: "mins", ...withVariationIds(input, call) }),
    change: (before, input, call) => ({ ...before, ...withVariationIds(input, call) }),
  }),
  resource("/calendars/services/locations", { create: (input) => ({ isActive: true, isPrivate: false, ...input }) }),
  resource("/calendars/services/bookings", {
    create: newBooking,
    view: ({ recordId }) => ({ bookingId: recordId }),
    filters: {
      startTime: (fields, value) => momentOf(fields["endTime"], false) >= momentOf(value, false),
      endTime: (fields, value) => momentOf(fields["startTime"], false) <= momentOf(value, true),
    },
    withoutEffect: { timezone: "times are given as they were sent" },
  }),
  resource("/calendars/appointments/{}/notes", {
    create: (input, call) => ({
      contactId: call.world.state.appointments.get(call.params["appointmentId"] ?? "")?.contactId,
      createdBy: { id: input["userId"], source: "third_party" },
      ...input,
    }),
  }),
  resource("/calendars/{}/notifications", { create: (input) => ({ isActive: true, deleted: false, ...input }) }),
];

function withVariationIds(input: Fields, call: Call): Fields {
  const { variations } = input as { readonly variations?: readonly Fields[] };
  return variations === undefined ? input : { ...input, variations: variations.map((one) => ({ id: call.world.ids.record(), ...one })) };
}

/**
 * A block is of an event calendar or of a user.
 *
 * @throws Refusal 400 for a calendar of another type, for both or neither, and for an end before the start; 404 for a user that there is not.
 */
function newBlock(input: Fields, call: Call): Fields {
  const { calendarId, assignedUserId } = input;
  refuseBlockTimes(input);
  if ((calendarId === undefined) === (assignedUserId === undefined)) {
    throw badRequest("Exactly one of calendarId and assignedUserId is required");
  }
  if (calendarId !== undefined && requireCalendar(call, String(calendarId)).calendarType !== "event") {
    throw badRequest("The calendar is not an event calendar.", {}, "reported");
  }
  if (assignedUserId !== undefined && call.world.state.users.get(String(assignedUserId)) === undefined)
    throw notFound(`User with id ${String(assignedUserId)} not found`);
  return { users: [], isRecurring: false, createdBy: { userId: call.credential?.app, source: "third_party" }, ...input };
}

/** @throws Refusal 422 for what is no time, 400 for an end that is not after the start. */
function refuseBlockTimes({ startTime, endTime }: Fields): void {
  for (const [name, text] of Object.entries({ startTime, endTime })) {
    const isTime = typeof text !== "string" || (isDay(text.slice(0, 10)) && !Number.isNaN(momentOf(text, false)));
    if (!isTime) throw unprocessable([`${name} must be a valid ISO 8601 date string`], "inferred");
  }
  if (!(momentOf(endTime, false) > momentOf(startTime, false))) throw badRequest("endTime must be after startTime");
}

/** @throws Refusal for a contact or a service that does not exist. */
function newBooking(input: Fields, call: Call): Fields {
  const contact = call.world.state.contacts.get(String(input["contactId"]));
  if (contact !== undefined && contact.locationId !== call.locationId) throw badRequest(`Contact with id ${contact.id} not found`);
  for (const { id } of input["services"] as readonly { readonly id: string }[]) requireRecord(call, "/calendars/services/catalog", id);
  const createdBy = { userId: call.credential?.app, source: "third_party" };
  return { status: "confirmed", title: "Service booking", messages: [], ...input, createdBy, dateAdded: nowIso(call) };
}
