import { isGhlError } from "@ghlkit/core";
import { createEmulator } from "@ghlkit/emulator";
import type { Stores } from "@ghlkit/storage";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { oauth, type AuthEvent } from "../../src/index.ts";
import { callerOf } from "../caller.ts";
import { Mortals, type DeathAfter, type MortalOrder } from "./mortal.ts";

/** Of the mortals and of their heir: a dead one's lease ends soon after it. */
const leaseTtlMs = 1_000;
const atATime = 3;
const redirectUri = "http://127.0.0.1:3000/oauth/callback";

export interface KillRoundOptions extends Pick<MortalOrder, "engine" | "at" | "schema"> {
  readonly policy: "grace" | "revoke-family" | "reject";
  readonly kills: number;
}

/** What became of one installation whose process was killed. */
export interface Fate {
  readonly location: string;
  /** What the process told before it died. */
  readonly steps: readonly string[];
  /** `alive`, or the code of the error of the next call. */
  readonly outcome: string;
  readonly state: string | undefined;
  readonly reason: string | undefined;
  /** How often `needs_reconnect` was told. */
  readonly told: number;
}

function openStores({ engine, at, schema }: KillRoundOptions): Promise<Stores> | Stores {
  return engine === "sqlite" ? createSqliteStorage({ path: at }) : createPostgresStorage({ connectionString: at, schema });
}

/**
 * Installs, lets tokens expire, has real processes refresh them and kills each with SIGKILL at a random moment between the
 * token answer and the write, or between the write and the first use. Then calls as the next process would.
 */
export async function killRound(options: KillRoundOptions): Promise<readonly Fate[]> {
  const { policy, kills, engine, at, schema } = options;
  const stores = await openStores(options);
  const emulator = createEmulator({ app: { bulk: false }, refreshReuse: policy });
  const server = await emulator.listen();
  const mortals = new Mortals(atATime, kills);
  const { clientId, clientSecret } = emulator.seed.app;
  const events: AuthEvent[] = [];
  const app = { clientId, clientSecret, baseUrl: server.url };
  const auth = oauth({ ...app, redirectUri, stores, leaseTtlMs, onEvent: (event) => events.push(event) });
  const call = callerOf({ credentials: auth, fetch: globalThis.fetch, baseUrl: server.url });
  const principalOf = (resource: string) => ({ app: clientId, kind: "location", resource }) as const;

  async function kill(location: string, after: DeathAfter): Promise<readonly string[]> {
    await auth.installations.connect(await auth.endpoint.exchange(emulator.oauth.authorize({ locations: [location], redirectUri }).code));
    auth.tokens.invalidate(principalOf(location));
    emulator.oauth.expire({ locationId: location });
    return mortals.kill({ ...app, engine, at, schema, location, leaseTtlMs }, after, Math.random() * 6);
  }

  async function outcomeOf(location: string): Promise<string> {
    const answer = await call({ kind: "location", resource: location }, "locations.get").catch((error: unknown) => error);
    return isGhlError(answer) ? answer.code : "alive";
  }

  try {
    const locations = emulator.oauth.addLocations(kills);
    const deaths: Promise<{ location: string; steps: readonly string[]; outcome: string }>[] = [];
    const worker = async (from: number): Promise<void> => {
      for (let index = from; index < locations.length; index += atATime) {
        const location = locations[index] as string;
        const steps = await kill(location, index % 4 === 0 ? "written" : "answered");
        // The next call waits for the dead one's lease; meanwhile others die.
        deaths[index] = outcomeOf(location).then((outcome) => ({ location, steps, outcome }));
      }
    };
    await Promise.all(Array.from({ length: atATime }, (_, from) => worker(from)));
    const fates = await Promise.all(deaths);
    await auth.installations.settled();
    return await Promise.all(
      fates.map(async (fate) => {
        const installation = await auth.installations.get(principalOf(fate.location));
        const told = events.filter(({ type, principal }) => type === "needs_reconnect" && principal.resource === fate.location).length;
        return { ...fate, state: installation?.state, reason: installation?.reason, told };
      }),
    );
  } finally {
    await mortals.close();
    await server.close();
    await stores.close();
  }
}
