import { measure, type Measure } from "../measure.ts";
import { installApp } from "./app-on-emulator.ts";
import { failuresOf } from "./token-races.ts";

const locationCount = 300;

/** An agency installs the app on many locations at once; each of them is then called. */
export async function bulkInstall(): Promise<readonly Measure[]> {
  const started = performance.now();
  const { credentials, ghl, locations, close } = await installApp({ locations: locationCount, by: "agency" });
  const seconds = (performance.now() - started) / 1000;
  let active = 0;
  for await (const { state, principal } of credentials.installations.list())
    if (state === "active" && principal.kind === "location") active += 1;
  const failed = await Promise.all(locations.map((location) => failuresOf(ghl, location, 1, 0)));
  await close();
  const callable = locations.length - failed.reduce((sum, one) => sum + one, 0);
  return [
    measure(`install on ${locationCount} locations: active afterwards`, active, "", { atLeast: locationCount }),
    measure(`install on ${locationCount} locations: callable`, callable, "", { atLeast: locationCount }),
    measure(`install on ${locationCount} locations: consent to all active, no rate limit`, seconds, "s"),
  ];
}
