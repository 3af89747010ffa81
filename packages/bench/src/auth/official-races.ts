import type { TokenRecord } from "@ghlkit/storage";
import { installApp, tokenRequestsSince, type InstalledApp } from "./app-on-emulator.ts";
import { companyRefreshes, expiringSession, officialClient, officialFailures, OfficialStore } from "./official-client.ts";

/** What the official client makes of the cases that it can run. */
export interface OfficialFigures {
  readonly reused: number;
  readonly failed: number;
}

const slow = (): number => 5 + Math.random() * 55;

async function pairOf({ credentials }: InstalledApp, kind: "location" | "company", resource: string): Promise<TokenRecord> {
  return credentials.tokens.liveToken({ app: credentials.app.clientId, kind, resource });
}

/** 20 calls within 80 ms on an expiring token. */
export async function officialExpiring(runs: number): Promise<OfficialFigures> {
  let reused = 0;
  let failed = 0;
  for (let run = 0; run < runs; run += 1) {
    const app = await installApp({ locations: 1, by: "location" });
    const location = app.locations[0] as string;
    const store = new OfficialStore(slow);
    const client = officialClient(app, store);
    await store.setSession(location, expiringSession(await pairOf(app, "location", location)));
    const start = app.emulator.oauth.tokenRequests().length;
    app.emulator.oauth.expire();
    failed += await officialFailures(client, location, 20, 80);
    reused += tokenRequestsSince(app.emulator, start).reused;
    await app.close();
  }
  return { reused, failed };
}

/** Several instances on one store that find the token expired at the same moment. */
export async function officialInstances(instances: number, callsEach: number): Promise<OfficialFigures & { readonly refreshes: number }> {
  const app = await installApp({ locations: 1, by: "location" });
  const location = app.locations[0] as string;
  const store = new OfficialStore(slow);
  const clients = Array.from({ length: instances }, () => officialClient(app, store));
  await store.setSession(location, expiringSession(await pairOf(app, "location", location)));
  const start = app.emulator.oauth.tokenRequests().length;
  app.emulator.oauth.expire();
  const failed = await Promise.all(clients.map((client) => officialFailures(client, location, callsEach, 0)));
  const { refreshes, reused } = tokenRequestsSince(app.emulator, start);
  await app.close();
  return { refreshes, reused, failed: failed.reduce((sum, one) => sum + one, 0) };
}

/** Locations that fall back to one expired company token. Their own refresh tokens are used up: without one it does not fall back. */
export async function officialFallback(locations: number): Promise<OfficialFigures & { readonly refreshes: number }> {
  const app = await installApp({ locations, by: "agency" });
  const companyId = app.emulator.seed.companyId;
  const store = new OfficialStore();
  const client = officialClient(app, store);
  const company = await pairOf(app, "company", companyId);
  await store.setSession(companyId, expiringSession(company));
  for (const locationId of app.locations) {
    const session: TokenRecord = { ...company, userType: "Location", locationId, refreshToken: "used-up" };
    await store.setSession(locationId, expiringSession(session));
  }
  const start = app.emulator.oauth.tokenRequests().length;
  app.emulator.oauth.expire();
  const failed = await Promise.all(app.locations.map((location) => officialFailures(client, location, 1, 0)));
  const asked = companyRefreshes(app, start);
  const { reused } = tokenRequestsSince(app.emulator, start);
  await app.close();
  return { refreshes: asked, reused, failed: failed.reduce((sum, one) => sum + one, 0) };
}

/** The store refuses the write of a refreshed pair once; then the next calls. */
export async function officialFailingWrite(): Promise<number> {
  const app = await installApp({ locations: 1, by: "location" });
  const location = app.locations[0] as string;
  const store = new OfficialStore();
  const client = officialClient(app, store);
  await store.setSession(location, expiringSession(await pairOf(app, "location", location)));
  app.emulator.oauth.expire();
  store.failsNextWrite = true;
  await officialFailures(client, location, 1, 0);
  const lost = await officialFailures(client, location, 1, 0);
  await app.close();
  return lost;
}
