import { privateIntegration } from "@ghlkit/auth";
import { createClient, type Client, type LocationClient, type PipelineOptions } from "@ghlkit/client";
import { createEmulator } from "@ghlkit/emulator";
import { withRateLimit, withRetry } from "@ghlkit/resilience";
import type { LiveOptions } from "./options.ts";
import { UsageError } from "./usage-error.ts";

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

/** Opens the real sub-account, or an emulator of its own. */
export async function openAccount(live: LiveOptions | undefined): Promise<Account> {
  if (live !== undefined) {
    const account = connect(live.baseUrl, live.token, live.locationId, 10_000);
    const mode = live.write ? `writing${live.sendMessages ? ", SMS included" : ", no SMS"}` : "dry run, nothing is written";
    return {
      ...account,
      description: `HighLevel location ${live.locationId} (${mode})`,
      write: live.write,
      sendMessages: live.sendMessages,
      close: async () => undefined,
    };
  }
  const emulator = createEmulator({ burstWindowMs: demoWindowMs });
  const server = await emulator.listen();
  const { locationId, tokens } = emulator.seed;
  const account = connect(server.url, tokens.location, locationId, demoWindowMs);
  const description = `a local HighLevel at ${server.url} (burst window scaled from 10 s to ${demoWindowMs / 1000} s)`;
  return { ...account, description, write: true, sendMessages: true, close: () => server.close() };
}

function connect(baseUrl: string | undefined, token: string, locationId: string, windowMs: number): Pick<Account, "client" | "calls"> {
  let sent = 0;
  let throttled = 0;
  const client = buildClient({
    ...(baseUrl === undefined ? {} : { baseUrl }),
    credentials: privateIntegration({ token, location: locationId }),
    layers: [withRetry(), withRateLimit({ windowMs })],
    fetch: async (url, init) => {
      sent += 1;
      const response = await fetch(url, init);
      if (response.status === 429) throttled += 1;
      return response;
    },
  });
  return { client: client.location(locationId), calls: () => ({ sent, throttled }) };
}

/** A base URL that cannot be used is something the person at the terminal can put right. */
function buildClient(options: PipelineOptions): Client {
  try {
    return createClient(options);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`GHL_BASE_URL: ${error.message}`);
    throw error;
  }
}
