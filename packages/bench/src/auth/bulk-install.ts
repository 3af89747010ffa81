import { createClient, createPipeline } from "@ghlkit/client";
import { isGhlError, type FetchLike } from "@ghlkit/core";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { withRateLimit } from "@ghlkit/resilience";
import { oauth, type OAuth } from "ghlkit";
import { measure, type Measure } from "../measure.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";
const windowMs = 10_000;
const perWindow = 100;

interface Life {
  readonly live: readonly string[];
  readonly gone: readonly string[];
  readonly suspended: string;
}

/** An app on a platform that limits rates; the events of its installs arrive as they happen, the first before the consent is done. */
export async function bulkInstall(): Promise<readonly Measure[]> {
  const emulator = createEmulator({ refreshReuse: "revoke-family" });
  const server = await emulator.listen();
  const { clientId, clientSecret } = emulator.seed.app;
  // Everything that is metered as the company's: token requests, mints and lists.
  let ofCompany = 0;
  const fetch: FetchLike = (url, init) => {
    if (url.includes("/oauth/")) ofCompany += 1;
    return globalThis.fetch(url, init);
  };
  const limiter = withRateLimit();
  const auth = oauth({ clientId, clientSecret, redirectUri, baseUrl: server.url, fetch, layers: [limiter] });
  const deliveries: Promise<unknown>[] = [];
  emulator.oauth.onLifecycleEvent((event) => void deliveries.push(auth.installations.apply({ ...event })));

  const started = performance.now();
  const { life, callbackMs } = await liveThrough(emulator, auth, deliveries);
  const pipeline = createPipeline({ credentials: auth, baseUrl: server.url, layers: [limiter] });
  const client = createClient({ pipeline });
  const outcomeOf = (location: string): Promise<string> =>
    client
      .location(location)
      .locations.get({ locationId: location })
      .then(
        () => "callable",
        (error: unknown) => (isGhlError(error) ? error.code : "other"),
      );
  const outcomes = await Promise.all(life.live.map(outcomeOf));
  const elapsedMs = performance.now() - started;
  const floorMs = Math.floor((ofCompany - 1) / perWindow) * windowMs;
  const refused = await Promise.all([life.suspended, ...life.gone].map(outcomeOf));
  await auth.installations.settled();
  const states = new Map<string, string>();
  for await (const { principal, state } of auth.installations.list({ kind: "location" })) states.set(principal.resource, state);
  await server.close();
  const missing = life.live.filter((location) => states.get(location) !== "active").length;
  const wrong = life.gone.filter((location) => states.get(location) !== "uninstalled").length;
  const isSuspended = states.get(life.suspended) === "suspended" && refused[0] === "resource_inactive";
  const label = "300 installed, 20 later, 10 uninstalled, 5 reinstalled, 1 suspended";
  const callable = outcomes.filter((outcome) => outcome === "callable").length;
  return [
    measure(`${label}: live locations callable, of ${life.live.length}`, callable, "", { atLeast: life.live.length }),
    measure(`${label}: live locations missing from the installations`, missing, "", { atMost: 0 }),
    measure(`${label}: uninstalled or suspended ones in another state`, wrong + (isSuspended ? 0 : 1), "", { atMost: 0 }),
    measure(`${label}: the callback answers after`, callbackMs, "ms"),
    measure(`${label}: time against the rate-limit floor (${ofCompany} requests of the company)`, elapsedMs / floorMs, "x", {
      atMost: 1.1,
    }),
  ];
}

async function liveThrough(
  emulator: Emulator,
  auth: OAuth,
  deliveries: readonly Promise<unknown>[],
): Promise<{ readonly life: Life; readonly callbackMs: number }> {
  const first = emulator.oauth.addLocations(300);
  const { code } = emulator.oauth.authorize({ locations: first, installToFutureLocations: true, redirectUri });
  await Promise.all(deliveries);
  const calledBack = performance.now();
  await auth.installations.connect(await auth.endpoint.exchange(code));
  const callbackMs = performance.now() - calledBack;
  await auth.installations.settled();
  const later = emulator.oauth.addLocations(20);
  await Promise.all(deliveries);
  const uninstalled = first.slice(0, 10);
  for (const locationId of uninstalled) emulator.oauth.uninstall({ locationId });
  await Promise.all(deliveries);
  const again = uninstalled.slice(0, 5);
  emulator.oauth.install({ locations: again, installToFutureLocations: true });
  await Promise.all(deliveries);
  const suspended = first[20] as string;
  emulator.oauth.suspend({ locationId: suspended });
  const live = [...first.slice(10).filter((location) => location !== suspended), ...later, ...again];
  return { life: { live, gone: uninstalled.slice(5), suspended }, callbackMs };
}
