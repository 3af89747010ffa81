import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { HighLevel } from "@gohighlevel/api-client";
import { createClient } from "@ghlkit/client";
import type { Measure } from "../measure.ts";
import { compareCalls, inFlight, sequential, type Contest } from "./compare-calls.ts";

/**
 * Time of a facade call relative to global fetch + JSON, in the same process and the same round. The server runs in a
 * thread of its own and answers from memory.
 */
export async function callTimes(): Promise<readonly Measure[]> {
  const server = new Worker(new URL("./answering-server.ts", import.meta.url));
  try {
    const [url] = (await once(server, "message")) as [string];
    const small = contenders(url, "small");
    const large = contenders(url, "large");
    const label = "time per facade call / fetch + JSON";
    return [
      await compareCalls({ ...small, name: `${label}, 0.9 kB, sequential`, atMost: 1.1, pace: sequential(250) }),
      await compareCalls({ ...small, name: `${label}, 0.9 kB, 50 in flight`, atMost: 1.2, pace: inFlight(800) }),
      await compareCalls({ ...large, name: `${label}, 156 kB, sequential`, atMost: 1.05, pace: sequential(40) }),
    ];
  } finally {
    await server.terminate();
  }
}

function contenders(baseUrl: string, contactId: string): Pick<Contest, "base" | "ours" | "others"> {
  const client = createClient({ baseUrl });
  const official = new HighLevel({ privateIntegrationToken: "x" });
  official.getHttpClient().defaults.baseURL = baseUrl;
  const headers = { version: "v3", accept: "application/json" };
  return {
    base: async () => (await fetch(`${baseUrl}/contacts/${contactId}`, { headers })).json(),
    ours: () => client.contacts.get({ contactId }),
    others: { "@gohighlevel/api-client": () => official.contacts.getContact({ contactId }) },
  };
}
