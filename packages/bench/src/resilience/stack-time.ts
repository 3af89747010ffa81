import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { HighLevel } from "@gohighlevel/api-client";
import { createGhl } from "ghlkit";
import { compareCalls, inFlight, sequential, type Contest } from "../client/compare-calls.ts";
import type { Measure } from "../measure.ts";

/** Nobody has to wait, and about as many slots are held as of the platform's hundred: a window of 10 s would hold ten thousands here. */
const rate = { limit: 100_000, windowMs: 100 };

/** Time of a call through everything that `createGhl` puts together, relative to global fetch + JSON. */
export async function stackTime(): Promise<readonly Measure[]> {
  const server = new Worker(new URL("../client/answering-server.ts", import.meta.url), { workerData: rate });
  try {
    const [url] = (await once(server, "message")) as [string];
    const calls = contenders(url);
    const label = "time per call through the whole of ghlkit / fetch + JSON";
    return [
      await compareCalls({ ...calls, name: `${label}, sequential`, atMost: 1.15, pace: sequential(250) }),
      await compareCalls({ ...calls, name: `${label}, 50 in flight`, atMost: 1.3, pace: inFlight(800) }),
    ];
  } finally {
    await server.terminate();
  }
}

function contenders(baseUrl: string): Pick<Contest, "base" | "ours" | "others"> {
  const ghl = createGhl({ baseUrl, token: "pit-of-the-benchmark", location: "loc" });
  const official = new HighLevel({ privateIntegrationToken: "x" });
  official.getHttpClient().defaults.baseURL = baseUrl;
  const headers = { version: "v3", accept: "application/json", authorization: "Bearer x" };
  return {
    base: async () => (await fetch(`${baseUrl}/contacts/small`, { headers })).json(),
    // Another contact each time: calls for the same one would share an answer.
    ours: () => ghl.contacts.get({ contactId: `small-${Math.random()}` }),
    others: { "@gohighlevel/api-client": () => official.contacts.getContact({ contactId: "small" }) },
  };
}
