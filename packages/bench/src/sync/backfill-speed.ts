import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createSync } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import { createGhl } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { fillContacts, wrongContacts } from "./fill-emulator.ts";

const contacts = 100_000;
const pages = contacts / 500;
const callsPerSecond = 10;

/** A backfill at the platform's rate, on an emulated clock. */
export async function backfillSpeed(): Promise<readonly Measure[]> {
  return [await backfill(0, 97, 1), await backfill(300, 80, 6), await backfill(300, undefined, 1)];
}

async function backfill(latencyMs: number, goal: number | undefined, pagesAtATime: number): Promise<Measure> {
  const clock = createManualClock();
  const emulator = createEmulator({ clock, dailyLimit: 10_000_000, journalSize: 0 });
  await fillContacts(emulator, { count: contacts, everyMs: 1000 });
  const { tokens, locationId } = emulator.seed;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = await emulator.fetch(new Request(url, init));
    if (latencyMs > 0) await new Promise<void>((resolve) => clock.after(latencyMs, resolve));
    return answer;
  };
  const ghl = createGhl({ token: tokens.location, location: locationId, fetch, clock });
  const into = sqlite(":memory:");
  const sync = createSync({
    ghl,
    storage: createMemoryStorage({ clock }),
    locations: [locationId],
    kinds: ["contacts"],
    into,
    clock,
    sliceMs: 3_600_000,
    pagesAtATime,
  });
  const begin = clock.now();
  await runOnClock(clock, () => sync.catchUp());
  const tookMs = clock.now() - begin;
  const wrong = wrongContacts(emulator, await into.all("select id, raw from $s.ghl_contacts"));
  if (wrong > 0) throw new Error(`${wrong} contacts are wrong.`);
  await sync.close();
  const idealMs = (pages / callsPerSecond) * 1000;
  const latency =
    latencyMs === 0
      ? ""
      : `, ${latencyMs} ms latency, ${pagesAtATime === 1 ? "one page at a time" : `partitioned by date, ${pagesAtATime} pages at a time`}`;
  return measure(
    `backfill of ${contacts} contacts${latency}: share of the rate limit`,
    Math.min(100, (idealMs / tookMs) * 100),
    "%",
    goal === undefined ? {} : { atLeast: goal },
  );
}
