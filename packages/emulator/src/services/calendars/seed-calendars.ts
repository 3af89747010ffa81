import type { Seeding } from "../service.ts";

/** A calendar with a schedule and a notification, a group, a room, and what services need. */
export function seedCalendars({ seed: { calendarId, locationId, users }, state, sow }: Seeding): void {
  state.calendars.put({
    id: calendarId,
    locationId,
    name: "Consultation",
    slug: "consultation",
    isActive: true,
    calendarType: "round_robin",
    details: {
      description: "",
      slotDuration: 30,
      slotDurationUnit: "mins",
      teamMembers: [{ userId: users.admin, priority: 0.5, selected: true }],
    },
  });
  sow("/calendars/groups", { name: "Treatments", description: "Everything in the chair", slug: "treatments", isActive: true });
  const room = { quantity: 1, outOfService: 0, capacity: 2, calendarIds: [calendarId], isActive: true };
  sow(
    "/calendars/resources/{}",
    { name: "Room 1", description: "First floor", resourceType: "rooms", ...room },
    { parents: ["rooms"], idStyle: "object" },
  );
  const chair = { name: "Chair", description: "Spare chair", resourceType: "equipments", ...room };
  sow("/calendars/resources/{}", chair, { parents: ["equipments"], idStyle: "object" });
  const rules = [1, 2, 3, 4, 5].map((day) => ({ type: "wday", day: days[day], intervals: [{ from: "09:00", to: "17:00" }] }));
  sow("/calendars/schedules", {
    name: "Working hours",
    rules,
    timezone: "America/New_York",
    userId: users.admin,
    calendarIds: [calendarId],
    deleted: false,
  });
  const staff = [{ id: users.admin, name: "Admin" }];
  const durations = { serviceDuration: 60, serviceDurationUnit: "mins", isPrivate: false, variations: [] };
  sow("/calendars/services/catalog", { name: "Cleaning", slug: "cleaning", description: "Thorough cleaning", staff, ...durations });
  sow("/calendars/services/locations", {
    name: "Main practice",
    slug: "main",
    isActive: true,
    isPrivate: false,
    locationType: "offline",
    address: "1 Pier",
  });
  const notification = { receiverType: "contact", channel: "email", notificationType: "booked", isActive: true, deleted: false };
  sow("/calendars/{}/notifications", { ...notification, subject: "Your appointment", body: "See you soon" }, { parents: [calendarId] });
}

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
