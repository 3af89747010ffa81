import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { createGhl, oauth, type Ghl, type OAuth } from "ghlkit";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

/** An app that is installed on locations of an emulator which withdraws the whole family when a refresh token is used twice. */
export interface InstalledApp {
  readonly emulator: Emulator;
  readonly url: string;
  readonly locations: readonly string[];
  readonly credentials: OAuth;
  readonly ghl: Ghl;
  readonly close: () => Promise<void>;
}

export interface InstallOptions {
  readonly locations: number;
  /** Who installs: the agency gets a company token, a location's admin the pair of that location. */
  readonly by: "agency" | "location";
  readonly stores?: Stores;
}

/** Installs through consent and code exchange, over a socket. */
export async function installApp({ locations: count, by, stores = createMemoryStorage() }: InstallOptions): Promise<InstalledApp> {
  const emulator = createEmulator({ refreshReuse: "revoke-family", enforceBurstLimit: false, accessTokenSeconds: 86_399 });
  const { app, locationId, secondLocationId, users } = emulator.seed;
  const locations = [locationId, secondLocationId, ...emulator.oauth.addLocations(Math.max(0, count - 2))].slice(0, count);
  const server = await emulator.listen();
  const credentials = oauth({ clientId: app.clientId, clientSecret: app.clientSecret, redirectUri, baseUrl: server.url, stores });
  const { code } = emulator.oauth.authorize({ locations, redirectUri, ...(by === "location" ? { userId: users.admin } : {}) });
  await credentials.installations.connect(await credentials.endpoint.exchange(code));
  await credentials.installations.settled();
  const ghl = createGhl({ credentials, baseUrl: server.url, limits: { limit: 1_000_000 }, cacheMs: false });
  const close = async (): Promise<void> => {
    await ghl.close();
    await server.close();
  };
  return { emulator, url: server.url, locations, credentials, ghl, close };
}

/** What the token endpoint was asked since a point in its log. */
export function tokenRequestsSince(
  emulator: Emulator,
  start: number,
): { readonly refreshes: number; readonly mints: number; readonly reused: number } {
  const requests = emulator.oauth.tokenRequests().slice(start);
  return {
    refreshes: requests.filter(({ grant }) => grant === "refresh_token").length,
    mints: requests.filter(({ grant }) => grant === "location_token").length,
    reused: requests.filter(({ outcome }) => outcome === "reused").length,
  };
}
