import { createServer, type AddressInfo } from "node:net";
import { createEmulator } from "@ghlkit/emulator";
import type { Target } from "./program/target.ts";
import { startResettingServer, type ResettingServer } from "./resetting-server.ts";

/** What a runtime differs in. */
export type TargetTraits = Partial<Pick<Target, "knowsRefusals">>;

/** Things for one run of the program. */
export interface Aim {
  readonly target: Target;
  /** What the servers saw go wrong; call it after the run, once. */
  readonly problems: () => Promise<readonly string[]>;
}

export interface Targets {
  readonly aim: (runtime: string, traits?: TargetTraits) => Promise<Aim>;
  readonly close: () => Promise<void>;
}

const redirectUri = "https://app.example.com/oauth/callback";

/** Writes that the program makes: four methods, with and without a body. */
const writes = 8;

/** Starts an emulator on loopback, and for each run a server that fails. */
export async function startTargets(): Promise<Targets> {
  const emulator = createEmulator({ enforceBurstLimit: false });
  const { seed } = emulator;
  const { url: baseUrl, close } = await emulator.listen();
  const closedUrl = await urlOfNobody();
  const { ed25519: publicKey } = await emulator.webhookPublicKeys();
  const { id, clientId, clientSecret } = seed.app;
  const app = { clientId, clientSecret, redirectUri, id };
  const servers: ResettingServer[] = [];
  const common = { baseUrl, closedUrl, publicKey, app, locationId: seed.locationId, token: seed.tokens.location };

  return {
    aim: async (runtime, { knowsRefusals = true } = {}) => {
      const resetting = await startResettingServer();
      servers.push(resetting);
      const event = emulator.webhooks.sample("ContactCreate", { locationId: seed.locationId, appId: id });
      const { body, headers } = await emulator.webhooks.sign(event);
      const consent = (): string => emulator.oauth.authorize({ locations: [seed.locationId], redirectUri }).redirectTo;
      const delivery = { body: new TextDecoder().decode(body), headers };
      const target = {
        ...common,
        runtime,
        callback: consent(),
        laterCallback: consent(),
        delivery,
        resettingUrl: resetting.url,
        knowsRefusals,
      };
      const problems = async (): Promise<readonly string[]> => {
        await resetting.close();
        const { arrivals } = resetting;
        const lost = arrivals.size === writes ? [] : [`${arrivals.size} of ${writes} writes arrived`];
        return [...lost, ...[...arrivals].filter(([, count]) => count !== 1).map(([line, count]) => `${line} arrived ${count} times`)];
      };
      return { target, problems };
    },
    close: async () => {
      await close();
      // Those of runs that broke off are still open.
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** A port that was free a moment ago. */
async function urlOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return `http://127.0.0.1:${port}`;
}
