import { createGhl } from "ghlkit";
import { backup, type BackupClient } from "../../src/node/index.ts";
import { addActivity, addContacts, syncOnEmulator, type SyncOnEmulator } from "../sync-on-emulator.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Records that the emulator has of a location, from its own state. */
export function stateOf({ emulator }: SyncOnEmulator, kind: string, locationId: string): readonly Fields[] {
  const snapshot = emulator.snapshot() as unknown as Readonly<Record<string, readonly Fields[]>>;
  return (snapshot[kind] ?? []).filter((record) => record["locationId"] === locationId);
}

export interface WorldWithBackup extends SyncOnEmulator {
  /** Contacts of the location, the oldest first. */
  readonly ids: readonly string[];
}

/** A location with everything that a restore knows, its copy, and a backup of it with notes. */
export async function worldWithBackup(folder: string): Promise<WorldWithBackup> {
  // The client believes the limit that answers show.
  const world = syncOnEmulator({ emulator: { burstLimit: 1_000_000 } });
  const { emulator, ghl, locationId } = world;
  const location = ghl.location(locationId);
  const ids = await addContacts(world, 4);
  await addActivity(world, ids.slice(0, 3));
  const { customFieldIds, users } = emulator.seed;
  const values = [
    { id: customFieldIds["contact.pet_name"] ?? "", fieldValue: "Rex" },
    { id: customFieldIds["contact.budget"] ?? "", fieldValue: 1200 },
  ] as never;
  await location.contacts.update({
    contactId: ids[0] ?? "",
    body: { phone: "+12025550101", city: "Boston", tags: ["vip", "2026"], customFields: values, assignedTo: users.admin },
  });
  for (const [number, contactId] of ids.entries()) {
    await location.contacts.createNote({ contactId, body: { body: `First note ${number}`, userId: users.admin } });
    await location.contacts.createNote({ contactId, body: { body: "Called, no answer" } });
    await location.contacts.createNote({ contactId, body: { body: "Called, no answer" } });
    await location.contacts.createTask({
      contactId,
      body: { title: "Call back", dueDate: "2026-12-24T10:00:00.000Z", completed: number === 0 },
    });
  }
  await location.invoices.create({
    body: {
      altType: "location",
      name: "Not sent yet",
      currency: "USD",
      items: [{ name: "Braces", currency: "USD", amount: 199.5, qty: 2 }],
      contactDetails: { id: ids[3], name: "Payer", phoneNo: "+12025550143", email: "payer@example.com" },
      liveMode: true,
      sentTo: { email: ["payer@example.com"] },
      issueDate: "2026-01-01",
      dueDate: "2026-02-01",
      businessDetails: { name: "Practice" },
      discount: { type: "fixed", value: 10 },
    } as never,
  });
  await world.sync.catchUp();
  await backup({ from: world.into, folder, locations: [locationId], ghl, notes: true });
  return { ...world, ids };
}

/** A client of both locations of the emulator. `onCall` may answer in place of the platform. */
export function clientOf(
  { emulator, clock }: SyncOnEmulator,
  onCall: (request: Request) => Response | undefined | void | Promise<Response | undefined | void> = () => {},
  onAnswer: (request: Request) => void = () => {},
): BackupClient {
  const { secondLocationId, locationId, tokens } = emulator.seed;
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const refusal = await onCall(request);
    if (refusal !== undefined) return refusal;
    const answer = await emulator.fetch(request.clone());
    onAnswer(request);
    return answer;
  };
  const of = (token: string, location: string) =>
    createGhl({
      token,
      location,
      baseUrl: "https://emulator.example",
      fetch,
      clock,
      limits: { limit: 1_000_000 },
      retry: { maxAttempts: 1 },
    }).location(location);
  const clients = new Map([
    [locationId, of(tokens.location, locationId)],
    [secondLocationId, of(tokens.secondLocation, secondLocationId)],
  ]);
  return { location: (id) => clients.get(id) as never };
}
