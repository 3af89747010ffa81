import { forEachLocation } from "@ghlkit/crm/locations";
import { createLocationWorkers } from "@ghlkit/crm/locations/node";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl } from "ghlkit";
import { expect, it } from "vitest";
import { createSync, type SyncClient, type SyncLocation } from "../src/index.ts";
import { sqlite } from "../src/sqlite/index.ts";

it("is not done where another process is at the location, or was until it died", async () => {
  const storage = createMemoryStorage();
  const sync = createSync({
    ghl: { location: () => ({}) as never },
    storage,
    locations: ["l"],
    kinds: ["contacts"],
    into: sqlite(":memory:"),
  });
  const lease = await storage.leases.acquire("sync:l", { ttlMs: 50, owner: "another" });
  expect(lease.held).toBe(true);
  const at = { locationId: "l", isOver: () => false, signal: new AbortController().signal };
  expect(await sync.work(undefined, at)).toEqual({ done: false, cursor: null });
  await sync.close();
}, 300_000);

it("is done location by location, in slices, by what hands locations out", async () => {
  const emulator = createEmulator({ enforceBurstLimit: false });
  const { locationId, secondLocationId, tokens } = emulator.seed;
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => emulator.fetch(new Request(input, init));
  const baseUrl = "https://emulator.example";
  const clients = new Map(
    [
      [locationId, tokens.location],
      [secondLocationId, tokens.secondLocation],
    ].map(([location = "", token = ""]) => [
      location,
      createGhl({ token, location, baseUrl, fetch, limits: { limit: 10_000 } }).location(location),
    ]),
  );
  for (const [id, client] of clients)
    for (let number = 0; number < 3; number += 1)
      await client.contacts.create({ body: { firstName: id, email: `${number}@${id}.example` } });
  const location: SyncClient["location"] = (id) => {
    const client = clients.get(id);
    if (client === undefined) throw new Error(`There is no client of ${id}.`);
    return client;
  };
  const storage = createMemoryStorage();
  const into = sqlite(":memory:");
  const sync = createSync({ ghl: { location }, storage, locations: [...clients.keys()], kinds: ["contacts", "opportunities"], into });

  // The types of what distributes them fit.
  const distribute: (boss: Parameters<typeof createLocationWorkers>[0]["boss"]) => unknown = (boss) =>
    createLocationWorkers({ boss, journal: storage.journal, client: { location }, name: "sync", work: sync.work });
  expect(distribute).toBeTypeOf("function");

  const slices: string[] = [];
  const run = { key: "sync-1", journal: storage.journal, locations: [...clients.keys()], sliceMs: 1 };
  const report = await forEachLocation<SyncLocation, undefined, null>({ location }, run, async (client, at) => {
    const slice = await sync.work(client, { ...at, isOver: () => slices.length < 3 });
    slices.push(`${at.locationId} ${slice.done}`);
    return slice;
  });
  expect(report).toMatchObject({ done: 2, failed: 0 });
  expect(slices.filter((slice) => slice.endsWith("false")).length).toBeGreaterThan(0);
  expect(await into.all("select location_id, count(*) as contacts from ghl_contacts group by location_id order by location_id")).toEqual(
    [...clients.keys()].toSorted().map((id) => ({ location_id: id, contacts: 3 })),
  );
  for (const { phase } of await sync.status()) expect(phase).toBe("live");
  await sync.close();
}, 300_000);
