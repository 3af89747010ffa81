import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "@ghlkit/emulator";
import { openLocalPlatform } from "../server/local-platform.ts";
import type { Served } from "../server/serve.ts";
import type { Environment } from "../server/settings.ts";
import { connectLocation } from "./connect-location.ts";

/** An application that is installed on two locations of an emulator. */
export interface TwoLocations<Running> {
  readonly emulator: Emulator;
  readonly app: Running;
  readonly url: string;
  /** Both, the seeded one first. */
  readonly ids: readonly [string, string];
  /** What the staff of a location, or an integration of theirs, does beside the application. @returns the answer's JSON */
  readonly call: <Answer>(locationId: string, path: string, body: object) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** For tests that nothing of one location shows in the other, or is changed from there. */
export async function openTwoLocations<Running extends { readonly served: Served }>(
  start: (env: Environment) => Promise<Running>,
): Promise<TwoLocations<Running>> {
  const platform = await openLocalPlatform({ enforceBurstLimit: false });
  const { emulator } = platform;
  const { locationId, secondLocationId, tokens } = emulator.seed;
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-two-"));
  const app = await start({ ...(await platform.environment("oauth")), PORT: "0", DATA_FOLDER: folder });
  const { url } = app.served;
  for (const id of [locationId, secondLocationId]) await connectLocation(emulator, url, id);
  emulator.webhooks.subscribe({ url: `${url}/webhooks` });
  return {
    emulator,
    app,
    url,
    ids: [locationId, secondLocationId],
    async call<Answer>(id: string, path: string, body: object) {
      const token = id === locationId ? tokens.location : tokens.secondLocation;
      const headers = { authorization: `Bearer ${token}`, version: "v3", "content-type": "application/json" };
      const answer = await fetch(`${platform.url}${path}`, { method: "POST", headers, body: JSON.stringify({ ...body, locationId: id }) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Answer;
    },
    async close() {
      await app.served.close();
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
