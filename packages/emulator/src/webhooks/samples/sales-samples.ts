import type { EventFields } from "../platform-event.ts";
import type { EventSampleContext, EventSamples } from "./sample-context.ts";

type SalesKind =
  | `Opportunity${"Create" | "Update" | "Delete" | "StageUpdate" | "StatusUpdate" | "AssignedToUpdate" | "MonetaryValueUpdate"}`
  | `Appointment${"Create" | "Update" | "Delete"}`;

function opportunity({ seed, ids, now }: EventSampleContext): EventFields<"OpportunityCreate"> {
  return {
    id: ids.record(),
    name: "Engine for Ada",
    contactId: ids.record(),
    pipelineId: seed.pipelineId,
    pipelineStageId: seed.stageIds[0] ?? ids.uuid(),
    status: "open",
    monetaryValue: 1200,
    assignedTo: seed.users.admin,
    source: "api",
    dateAdded: now,
  };
}

function appointment({ seed, ids, now }: EventSampleContext): EventFields<"AppointmentCreate"> {
  const userId = seed.users.admin;
  return {
    appointment: {
      id: ids.record(),
      title: "Consultation",
      address: "1 Main Street",
      calendarId: seed.calendarId,
      contactId: ids.record(),
      groupId: ids.record(),
      appointmentStatus: "confirmed",
      assignedUserId: userId,
      users: [userId],
      notes: "First visit",
      source: "api",
      startTime: now,
      endTime: new Date(Date.parse(now) + 1_800_000).toISOString(),
      dateAdded: now,
      dateUpdated: now,
    },
  };
}

/** Opportunities and appointments. */
export const salesSamples: EventSamples<SalesKind> = {
  OpportunityCreate: opportunity,
  OpportunityUpdate: opportunity,
  OpportunityDelete: opportunity,
  OpportunityStageUpdate: opportunity,
  OpportunityStatusUpdate: (context) => ({ ...opportunity(context), status: "won" }),
  OpportunityAssignedToUpdate: opportunity,
  OpportunityMonetaryValueUpdate: opportunity,
  AppointmentCreate: appointment,
  AppointmentUpdate: appointment,
  AppointmentDelete: appointment,
};
