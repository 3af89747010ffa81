import type { Emulator } from "@ghlkit/emulator";

type Stored = Readonly<Record<string, unknown>> & { readonly id: string };

/** How the contacts are made. */
export interface Filling {
  readonly count: number;
  /** Ms between the creations of two of them. */
  readonly everyMs: number;
}

/** Puts so many contacts into the seeded location, without a call for each. Returns their ids. */
export async function fillContacts(emulator: Emulator, { count, everyMs }: Filling): Promise<readonly string[]> {
  const { locationId, tokens } = emulator.seed;
  const made = await emulator.fetch("https://emulator.example/contacts/", {
    method: "POST",
    headers: { authorization: `Bearer ${tokens.location}`, version: "v3", "content-type": "application/json" },
    body: JSON.stringify({ locationId, firstName: "Pattern", email: "pattern@example.com" }),
  });
  if (!made.ok) throw new Error(`The contact to copy was refused: ${made.status} ${await made.text()}`);
  const { contact } = (await made.json()) as { readonly contact: Stored };
  const snapshot = emulator.snapshot() as Readonly<Record<string, readonly Stored[]>>;
  const pattern = snapshot["contacts"]?.find(({ id }) => id === contact.id) as Stored;
  const begin = emulator.clock.now() - count * everyMs;
  const ids = Array.from({ length: count }, (_, at) => `contact${String(at).padStart(13, "0")}`);
  const contacts = ids.map((id, at) => {
    const time = new Date(begin + at * everyMs).toISOString();
    return { ...pattern, id, firstName: `Person ${at}`, email: `person${at}@example.com`, dateAdded: time, dateUpdated: time };
  });
  emulator.restore({ ...snapshot, contacts } as ReturnType<Emulator["snapshot"]>);
  return ids;
}

/** Contacts of the emulator that the copy has otherwise, has not, or has too many of. */
export function wrongContacts(emulator: Emulator, rows: readonly Readonly<Record<string, unknown>>[]): number {
  const { contacts = [] } = emulator.snapshot() as Readonly<Record<string, readonly Stored[]>>;
  const there = new Map(contacts.filter(({ locationId }) => locationId === emulator.seed.locationId).map((one) => [one.id, factsOf(one)]));
  const wrong = rows.filter(({ id, raw }) => there.get(String(id)) !== factsOf(JSON.parse(String(raw)) as Stored)).length;
  const here = new Set(rows.map(({ id }) => String(id)));
  return wrong + [...there.keys()].filter((id) => !here.has(id)).length;
}

function factsOf({ firstName, email, dateUpdated }: Stored): string {
  return JSON.stringify([firstName, email, dateUpdated]);
}
