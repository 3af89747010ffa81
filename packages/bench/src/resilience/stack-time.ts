import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { HighLevel } from "@gohighlevel/api-client";
import { createGhl, type Ghl } from "ghlkit";
import { undiciSend } from "ghlkit/node";
import { Agent } from "undici";
import { compareCalls, inFlight, sequential, type Call, type Contest } from "../client/compare-calls.ts";
import { measure, type Measure } from "../measure.ts";

/** No call has to wait, and about as many slots are held as of the platform's hundred: a window of 10 s would hold ten thousands here. */
const rate = { limit: 100_000, windowMs: 100 };

const label = "time per call through the whole of ghlkit / fetch + JSON";
const limitName = "undici.request + JSON.parse alone";

/** Time of a call through everything that `createGhl` puts together, on fetch and on undici, relative to global fetch + JSON. */
export async function stackTime(): Promise<readonly Measure[]> {
  const server = new Worker(new URL("../client/answering-server.ts", import.meta.url), { workerData: rate });
  const transport = undiciSend();
  const agent = new Agent();
  try {
    const [url] = (await once(server, "message")) as [string];
    const access = { baseUrl: url, token: "pit-of-the-benchmark", location: "loc" };
    const small = { base: bare(url, "small"), ours: contact(createGhl(access)), others: { "@gohighlevel/api-client": official(url) } };
    const fast = { ...small, ours: contact(createGhl({ ...access, transport })), others: { [limitName]: limit(agent, url, "small") } };
    return [
      await compareCalls({ ...small, name: `${label}, sequential`, atMost: 1.15, pace: sequential(250) }),
      await compareCalls({ ...small, name: `${label}, 50 in flight`, atMost: 1.3, pace: inFlight(800) }),
      await compareCalls({ ...fast, name: `${label}, undici, sequential`, atMost: 0.75, pace: sequential(250) }),
      await compareCalls({ ...fast, name: `${label}, undici, 50 in flight`, atMost: 0.6, pace: inFlight(800) }),
      ...(await ofList({
        ...fast,
        base: bare(url, "large"),
        ours: list(createGhl({ ...access, transport })),
        others: { [limitName]: limit(agent, url, "large") },
      })),
    ];
  } finally {
    await Promise.all([server.terminate(), transport.close(), agent.close()]);
  }
}

/** A large answer, and how far that is above what the transport and the parser take alone. */
async function ofList(contest: Pick<Contest, "base" | "ours" | "others">): Promise<readonly Measure[]> {
  const name = `${label}, undici, 156 kB`;
  const stack = await compareCalls({ ...contest, name, atMost: Infinity, pace: sequential(40) });
  const above = stack.value - (stack.against[limitName] ?? Number.NaN);
  return [
    measure(name, stack.value, "x", {}, stack.against),
    measure(`${name}: above ${limitName}`, above, "x", { atMost: 0.05 }, stack.against),
  ];
}

const headers = { version: "v3", accept: "application/json", authorization: "Bearer x" };

function bare(url: string, contactId: string): Call {
  return async () => (await fetch(`${url}/contacts/${contactId}`, { headers })).json();
}

/** The limit of the transport: no types, tokens, rate limit or retries. */
function limit(agent: Agent, url: string, contactId: string): Call {
  return async () => {
    const { body } = await agent.request({ origin: url, path: `/contacts/${contactId}`, method: "GET", headers });
    return JSON.parse(await body.text());
  };
}

/** Another contact each time: calls for the same one would share an answer. */
function contact(ghl: Ghl): Call {
  return () => ghl.contacts.get({ contactId: `small-${Math.random()}` });
}

function list(ghl: Ghl): Call {
  return () => ghl.contacts.get({ contactId: "large" });
}

function official(url: string): Call {
  const client = new HighLevel({ privateIntegrationToken: "x" });
  client.getHttpClient().defaults.baseURL = url;
  return () => client.contacts.getContact({ contactId: "small" });
}
