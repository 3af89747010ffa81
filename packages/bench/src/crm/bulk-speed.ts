import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { bulk } from "@ghlkit/crm/bulk";
import { createContacts } from "@ghlkit/crm/contacts";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl, isGhlError } from "ghlkit";
import { measure, type Measure } from "../measure.ts";

const rows = 50_000;
const callsPerSecond = 10;
const windowMs = 10_000;

/** An import at the platform's rate on an emulated clock, while a person reads a contact twice per window. */
export async function bulkSpeed(): Promise<readonly Measure[]> {
  const clock = createManualClock();
  const emulator = createEmulator({ clock, dailyLimit: 10_000_000 });
  const { tokens, locationId } = emulator.seed;
  let calls = 0;
  let refused = 0;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await emulator.fetch(new Request(url, init));
    calls += 1;
    if (response.status === 429) refused += 1;
    return response;
  };
  const ghl = createGhl({ token: tokens.location, location: locationId, fetch, clock });
  const location = ghl.location(locationId);
  const { journal } = createMemoryStorage({ clock });
  const contacts = createContacts(location.with({ priority: "bulk" }), { clock, locationId });
  const { contact } = await location.contacts.create({ body: { email: "someone@example.com" } });
  const waits: number[] = [];
  let isOver = false;
  const person = async (): Promise<void> => {
    while (!isOver) {
      await new Promise<void>((resolve) => clock.after(windowMs / 2, resolve));
      const from = clock.now();
      await location.contacts.get({ contactId: contact.id }, { fresh: true });
      waits.push(clock.now() - from);
    }
  };
  const begin = clock.now();
  const callsBefore = calls;
  const summary = await runOnClock(clock, async () => {
    const clicks = person();
    const run = bulk(location, {
      id: "import",
      journal,
      clock,
      source: leads(),
      step: (lead) => contacts.ensure(lead, { strategy: "oneCall" }),
    });
    const result = await run.finished;
    isOver = true;
    await clicks.catch((error: unknown) => {
      if (!isGhlError(error)) throw error;
    });
    return result;
  });
  const tookMs = clock.now() - begin;
  const floorMs = ((calls - callsBefore) / callsPerSecond) * 1000;
  await ghl.close();
  const label = `bulk, ${rows} rows in one call each, a person beside them`;
  return [
    measure(`${label}: time over the floor (calls ÷ ${callsPerSecond} per s)`, (tookMs / floorMs - 1) * 100, "%", { atMost: 1 }),
    measure(`${label}: answers 429`, refused, "", { atMost: 0 }),
    measure(`${label}: p95 wait of the person`, percentile(waits, 0.95), "ms", { atMost: windowMs }),
    measure(`${label}: rows with an outcome`, summary.rows, "", { atLeast: rows }),
  ];
}

function* leads(): Iterable<{ readonly email: string; readonly firstName: string }> {
  for (let row = 0; row < rows; row += 1) yield { email: `lead${row}@example.com`, firstName: `Lead ${row}` };
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}
