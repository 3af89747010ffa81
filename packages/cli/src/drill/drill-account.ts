import { systemClock, type Clock } from "@ghlkit/core";
import type { Emulator } from "@ghlkit/emulator";
import { createGhl, type Ghl } from "ghlkit";

/** Where the emulator of a drill answers, in this process. */
const baseUrl = "http://127.0.0.1";

/** Host and clock of a client of a drill. */
export function settingsOf(emulator: Emulator): {
  readonly baseUrl: string;
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly clock: Clock;
} {
  return { baseUrl, fetch: (input, init) => emulator.fetch(new Request(input, init)), clock: clockOf(emulator) };
}

/** The emulator's time, with the machine's timers. */
export function clockOf({ clock }: Emulator): Clock {
  return { ...systemClock, now: clock.now };
}

/** A client of the seeded location, by its private token. */
export function clientOf(emulator: Emulator): Ghl {
  const { tokens, locationId } = emulator.seed;
  return createGhl({ token: tokens.location, location: locationId, ...settingsOf(emulator) });
}

/** Adds contacts with a deal each. Returns their ids. */
export async function addDeals(ghl: Ghl, emulator: Emulator, count: number, name = "Person"): Promise<readonly string[]> {
  const { locationId, pipelineId, stageIds } = emulator.seed;
  const location = ghl.location(locationId);
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const { contact } = await location.contacts.create({
      body: { firstName: `${name} ${number}`, email: `${name.replaceAll(" ", "-")}-${number}@example.com` },
    });
    const deal = { pipelineId, pipelineStageId: stageIds[0] ?? "", status: "open", monetaryValue: number } as const;
    await location.opportunities.create({ body: { contactId: contact.id, name: `Deal of ${name} ${number}`, ...deal } });
    ids.push(contact.id);
  }
  return ids;
}
