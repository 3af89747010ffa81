import type { Fields } from "../../state/resource-record.ts";

/** A calendar as the list shows it, as recorded: members of its team with where they meet, and the slug of its widget. */
export function listedCalendar(view: Fields): Fields {
  const members = (view["teamMembers"] ?? []) as readonly Fields[];
  return { ...view, widgetSlug: view["slug"], teamMembers: members.map((member) => ({ ...memberDefaults, ...member })) };
}

const memberDefaults: Fields = {
  priority: 0.5,
  selected: true,
  isZoomAdded: "false",
  locationConfigurations: [{ kind: "custom", location: "", meetingId: "custom_0", position: 0, zoomOauthId: "" }],
};

/** A calendar as the answer to its deletion shows it, as recorded: the whole record. */
export function deletedCalendar(view: Fields, now: string): Fields {
  const maker = { source: "INTEGRATION", channel: "OAUTH", timestamp: now, traceId: "" };
  return {
    addServiceActiveStep: "",
    dateAdded: now,
    dateUpdated: now,
    createdBy: maker,
    lastUpdatedBy: maker,
    enableConsentCheck: false,
    enableOfficeHours: false,
    enableSameUserAssignment: false,
    enableSameUserAssignmentForReschedule: false,
    isSystemGenerated: false,
    linkedCalendars: { calendly: {}, clio: {}, drchrono: {}, google: {} },
    locationConfigurations: [{ kind: "custom", meetingId: "custom_0", position: 0 }],
    order: 0,
    reserveService: false,
    showSeatsPerSlot: false,
    stripe: {},
    version: 1,
    ...view,
    deleted: true,
  };
}
