import { createEmulator } from "@ghlkit/emulator";
import type { GhlAccess, LocationClient, RateLimitOptions } from "ghlkit";
import { buildGhl } from "./build-ghl.ts";
import { installApp } from "./install-app.ts";
import type { LiveOptions } from "./options.ts";

/** Where the leads go. */
export interface Account {
  readonly client: LocationClient;
  /** One line for the person at the terminal. */
  readonly description: string;
  readonly write: boolean;
  readonly sendMessages: boolean;
  /** How many calls were sent, and how many of them were refused as too many. */
  readonly calls: () => { readonly sent: number; readonly throttled: number };
  readonly close: () => Promise<void>;
}

/** Burst window of the demo: the platform's is 10 s. */
const demoWindowMs = 1000;

/** Opens the real sub-account, or an emulator of its own: with a private token, or as an installed marketplace app. */
export async function openAccount(live: LiveOptions | undefined, useOAuth: boolean): Promise<Account> {
  if (live !== undefined) {
    const account = connect(live.baseUrl, { token: live.token, location: live.locationId }, live.locationId);
    const mode = live.write ? `writing${live.sendMessages ? ", SMS included" : ", no SMS"}` : "dry run, nothing is written";
    return {
      ...account,
      description: `HighLevel location ${live.locationId} (${mode})`,
      write: live.write,
      sendMessages: live.sendMessages,
      close: account.drain,
    };
  }
  const emulator = createEmulator({ burstWindowMs: demoWindowMs });
  const server = await emulator.listen();
  const { locationId, tokens } = emulator.seed;
  const access: GhlAccess = useOAuth
    ? { credentials: await installApp(emulator, server.url) }
    : { token: tokens.location, location: locationId };
  const account = connect(server.url, access, locationId, { windowMs: demoWindowMs });
  const how = useOAuth ? ", as an app installed through OAuth" : "";
  const description = `a local HighLevel at ${server.url}${how} (burst window scaled from 10 s to ${demoWindowMs / 1000} s)`;
  const close = async (): Promise<void> => {
    await account.drain();
    await server.close();
  };
  return { ...account, description, write: true, sendMessages: true, close };
}

function connect(
  baseUrl: string | undefined,
  access: GhlAccess,
  locationId: string,
  limits: RateLimitOptions = {},
): Pick<Account, "client" | "calls"> & { readonly drain: () => Promise<void> } {
  let sent = 0;
  let throttled = 0;
  const ghl = buildGhl({
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...access,
    limits,
    fetch: async (url, init) => {
      sent += 1;
      const response = await fetch(url, init);
      if (response.status === 429) throttled += 1;
      return response;
    },
  });
  return { client: ghl.location(locationId), calls: () => ({ sent, throttled }), drain: ghl.close };
}
