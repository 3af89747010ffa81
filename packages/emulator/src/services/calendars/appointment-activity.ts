import type { Appointment } from "../../state/activity.ts";
import type { World } from "../../world.ts";
import { openConversation, recordMessage } from "../conversations/record-message.ts";

/** A booking leaves an activity in the thread of its contact. No source says which words it has, or that a webhook reports it. */
export function noteAppointment(world: World, { id, contactId, locationId, title, startTime }: Appointment, calendarName: string): void {
  const thread = world.state.conversations.ofContact(contactId) ?? openConversation(world, locationId, contactId);
  const data = { id, appointmentTitle: title, timestamp: startTime, industryType: null, members: {}, serviceBookingId: null };
  recordMessage(world, thread, {
    direction: "outbound",
    messageType: "TYPE_ACTIVITY_APPOINTMENT",
    status: "delivered",
    body: `${title}: ${calendarName}`,
    contentType: "text/plain",
    source: "app",
    more: { from: "", to: "", activity: { title: "Appointment created", type: "appointment", data } },
  });
}
