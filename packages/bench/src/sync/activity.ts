import type { Emulator } from "@ghlkit/emulator";
import type { Ghl } from "ghlkit";

/** What changes in a location, one after the other: mostly contacts, and deals, appointments, messages and payments. */
export function createActivity(emulator: Emulator, ghl: Ghl, ids: readonly string[], random: () => number): () => Promise<void> {
  const { locationId, pipelineId, stageIds, calendarId, users } = emulator.seed;
  const location = ghl.location(locationId);
  const deals: string[] = [];
  let number = 0;
  // The last hundred are left to who deletes them.
  const contact = (): string => ids[Math.floor(random() * (ids.length - 100))] ?? "";
  const actions: readonly (() => Promise<unknown>)[] = [
    () => location.contacts.update({ contactId: contact(), body: { firstName: `Name ${number}` } }),
    () => location.contacts.addTags({ contactId: contact(), body: { tags: [`tag ${number}`] } }),
    () => location.contacts.create({ body: { firstName: `New ${number}`, email: `new${number}@example.com` } }),
    async () => {
      const { opportunity } = await location.opportunities.create({
        body: { contactId: contact(), name: `Deal ${number}`, pipelineId, status: "open" },
      });
      if (opportunity !== undefined) deals.push(opportunity.id);
    },
    async () => {
      const id = deals.at(-1);
      if (id !== undefined)
        await location.opportunities.update({ id, body: { pipelineStageId: stageIds[number % stageIds.length] ?? "" } });
    },
    async () => emulator.act.replyAs(contact(), `Message ${number}`, { channel: "email" }),
    async () => emulator.act.replyAs(contact(), `Message ${number}`, { channel: "email" }),
    () => {
      const startTime = new Date(emulator.clock.now() + 86_400_000 + number * 1_800_000).toISOString();
      return location.calendars.createAppointment({
        body: { calendarId, contactId: contact(), assignedUserId: users.admin, startTime, ignoreFreeSlotValidation: true },
      });
    },
  ];
  return async () => {
    number += 1;
    await actions[number % actions.length]?.();
  };
}
