import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { slowStores } from "@ghlkit/storage/testing";
import { createGhl, oauth } from "ghlkit";
import { measure, median, type Measure } from "../measure.ts";
import { installApp, tokenRequestsSince } from "./app-on-emulator.ts";
import { failuresOf } from "./calls.ts";
import { officialExpiring, officialFailingWrite, officialFallback } from "./official-races.ts";

const runs = 20;

/** The figure of the official client, 3.1.0, on the same emulator. */
export function against(value: number): Readonly<Record<string, number>> {
  return { "@gohighlevel/api-client 3.1.0": value };
}

/** 20 calls within 80 ms on a token that the platform has ended, with a store that answers in 5 to 60 ms. */
export async function expiringToken(): Promise<readonly Measure[]> {
  let reused = 0;
  let failed = 0;
  const refreshes: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { emulator, ghl, locations, close } = await installApp({
      locations: 1,
      by: "location",
      stores: slowStores(createMemoryStorage()),
    });
    const before = emulator.oauth.tokenRequests().length;
    emulator.oauth.expire();
    failed += await failuresOf(ghl, locations[0] as string, 20, 80);
    const since = tokenRequestsSince(emulator, before);
    reused += since.reused;
    refreshes.push(since.refreshes);
    await close();
  }
  const official = await officialExpiring(runs);
  const label = `20 calls in 80 ms on an expired token, store 5-60 ms, ${runs} runs, reuse revokes the family`;
  return [
    measure(`${label}: refresh tokens used twice`, reused, "", { atMost: 0 }, against(official.reused)),
    measure(`${label}: calls that fail, of ${runs * 20}`, failed, "", { atMost: 0 }, against(official.failed)),
    measure(`${label}: refreshes per run, median`, median(refreshes), "", { atMost: 1 }),
  ];
}

/** Locations without a token of their own that fall back to one expired company token. */
export async function companyFallback(): Promise<readonly Measure[]> {
  const { emulator, ghl, locations, close } = await installApp({ locations: 10, by: "agency" });
  const before = emulator.oauth.tokenRequests().length;
  emulator.oauth.expire();
  const failed = await Promise.all(locations.map((location) => failuresOf(ghl, location, 1, 0)));
  const { refreshes, reused } = tokenRequestsSince(emulator, before);
  await close();
  const official = await officialFallback(10);
  const label = "10 locations that fall back to one expired company token";
  return [
    measure(`${label}: company refreshes`, refreshes, "", { atMost: 1 }, against(official.refreshes)),
    measure(`${label}: refresh tokens used twice`, reused, "", { atMost: 0 }, against(official.reused)),
    measure(
      `${label}: calls that fail`,
      failed.reduce((sum, one) => sum + one, 0),
      "",
      { atMost: 0 },
      against(official.failed),
    ),
  ];
}

/** The store refuses the write of a refreshed pair once; afterwards another process takes over with what is stored. */
export async function failingWrite(): Promise<Measure> {
  const memory = createMemoryStorage();
  let refuse = false;
  const stores: Stores = {
    ...memory,
    tokens: {
      ...memory.tokens,
      put: async (record, expected) => {
        if (!refuse) return memory.tokens.put(record, expected);
        refuse = false;
        throw new Error("the disk is away for a moment");
      },
    },
  };
  const { emulator, url, ghl, locations, close } = await installApp({ locations: 1, by: "location", stores });
  emulator.oauth.expire();
  refuse = true;
  const location = locations[0] as string;
  const first = await failuresOf(ghl, location, 1, 0);
  emulator.oauth.expire();
  const { clientId, clientSecret } = emulator.seed.app;
  const other = createGhl({ credentials: oauth({ clientId, clientSecret, baseUrl: url, stores: memory }), baseUrl: url });
  const second = await failuresOf(other, location, 1, 0);
  await other.close();
  await close();
  const official = against(await officialFailingWrite());
  return measure("store write fails once after a refresh: pairs lost", first + second, "", { atMost: 0 }, official);
}

/** What a live token costs a call: looked up and found fresh. */
export async function warmToken(): Promise<Measure> {
  const { credentials, locations, close } = await installApp({ locations: 1, by: "location" });
  const principal = credentials.principal(undefined, { kind: "location", resource: locations[0] as string });
  await credentials.tokens.liveToken(principal);
  const rounds: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const started = performance.now();
    for (let index = 0; index < 20_000; index += 1) await credentials.tokens.liveToken(principal);
    rounds.push(((performance.now() - started) * 1000) / 20_000);
  }
  await close();
  return measure("added time per call with a warm token", median(rounds), "µs", { atMost: 15 });
}
