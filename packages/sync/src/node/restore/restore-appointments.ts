import type { AppointmentCreate, AppointmentEdit } from "@ghlkit/contract/types/calendars";
import type { Wire } from "../../kinds/kind.ts";
import { textOf, timeOf } from "../../kinds/wire-values.ts";
import { contactOf, type KindRestore, type RestoreContext } from "./kind-restore.ts";
import { changedFields, listTarget, readTarget } from "./target-records.ts";

/** The platform checks no slot, and notifies no one: what is restored was agreed on before. */
const quietly = { ignoreFreeSlotValidation: true, ignoreDateRange: true, toNotify: false } as const;

/** Appointments: recognised by id, or by calendar, contact and start. */
export async function restoreAppointments(context: RestoreContext): Promise<KindRestore> {
  const { names, existing } = context;
  const target = await listTarget("appointments", context, {
    owner: ({ contactId }) => String(contactId),
    keys: (body) => [keyOf(body)],
    written: writable,
  });
  return {
    kind: "appointments",
    idOf: ({ id }) => String(id),
    identity: ({ contactId }) => [String(contactId)],
    claim: (id, taker) => void target.claim(id, taker),
    has: (id) => target.has(id),
    plan: async (body, { location }) => {
      const contactId = contactOf(context, body["contactId"]);
      if (contactId === undefined) return { outcome: "left", why: "whose contact was not restored" };
      const calendarId = names.calendar(String(body["calendarId"]));
      if (calendarId === undefined) return { outcome: "left", why: "whose calendar the location does not have" };
      const assignedUserId = names.user(textOf(body["assignedUserId"]) ?? "");
      const wanted = writable({ ...body, calendarId, contactId, assignedUserId });
      const id = target.take(String(body["id"]), [keyOf(wanted)], contactId);
      if (id === undefined) {
        return {
          outcome: "create",
          create: async ({ calendars }) => {
            const made = await calendars.createAppointment({ body: { ...wanted, ...quietly } as unknown as AppointmentCreate });
            return { id: String((made as Wire)["id"]), isNew: true };
          },
          find: async ({ calendars }, since) => {
            const [startTime, endTime] = [timeOf(wanted["startTime"]) ?? 0, timeOf(wanted["endTime"]) ?? 0];
            const { events } = await calendars.listEvents({
              calendarId,
              startTime: String(startTime),
              endTime: String(Math.max(startTime + 1, endTime)),
            });
            const fits = (events as readonly Wire[]).filter(
              (event) => keyOf(event) === keyOf(wanted) && (timeOf(event["dateAdded"]) ?? 0) >= since,
            );
            return fits.map((event) => ({ id: String(event["id"]), isNew: true }));
          },
        };
      }
      if (existing === "keep" || target.isSame(id, wanted)) return { outcome: "unchanged", id };
      const current = await readTarget("appointments", location, id);
      const { contactId: _, ...fields } = wanted;
      const change = current === undefined ? {} : changedFields(fields, writable(current));
      if (Object.keys(change).length === 0) return { outcome: "unchanged", id };
      return {
        outcome: "update",
        id,
        // The platform sets the status back when an update leaves it out.
        update: async ({ calendars }) =>
          void (await calendars.updateAppointment({
            eventId: id,
            body: { appointmentStatus: wanted["appointmentStatus"], ...change, ...quietly } as unknown as AppointmentEdit,
          })),
      };
    },
    losses: ({ id, assignedUserId, rrule, isRecurring }) => [
      ...(target.has(String(id)) ? ["beside those of a contact that was deleted, which stay in the location: delete these"] : []),
      ...(textOf(assignedUserId) !== undefined && names.user(String(assignedUserId)) === undefined
        ? ["without their user, who is no user of the location"]
        : []),
      ...(textOf(rrule) !== undefined || isRecurring === true ? ["as single ones, not as a series"] : []),
    ],
  };
}

function keyOf({ calendarId, contactId, startTime }: Wire): string {
  return JSON.stringify([calendarId, contactId, timeOf(startTime)]);
}

/** What can be written of an appointment. */
function writable({ calendarId, contactId, title, appointmentStatus, assignedUserId, address, notes, startTime, endTime }: Wire): Wire {
  const iso = (time: unknown): string | undefined => {
    const ms = timeOf(time);
    return ms === undefined ? undefined : new Date(ms).toISOString();
  };
  const all = {
    calendarId,
    contactId,
    title,
    appointmentStatus,
    assignedUserId,
    address,
    description: notes,
    startTime: iso(startTime),
    endTime: iso(endTime),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null && value !== ""));
}
