import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { HighLevel } from "@gohighlevel/api-client";
import { createClient } from "@ghlkit/client";
import { measure, median, type Measure } from "../measure.ts";

type Call = () => Promise<unknown>;

interface Contender {
  readonly name: string;
  readonly call: Call;
}

const rounds = 15;

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
    return [
      await compare("time per facade call / fetch + JSON, 0.9 kB, sequential", small, 1.1, (call) => sequential(call, 250)),
      await compare("time per facade call / fetch + JSON, 0.9 kB, 50 in flight", small, 1.2, (call) => inFlight(call, 800)),
      await compare("time per facade call / fetch + JSON, 156 kB, sequential", large, 1.05, (call) => sequential(call, 40)),
    ];
  } finally {
    await server.terminate();
  }
}

function contenders(baseUrl: string, contactId: string): readonly [Contender, Contender, Contender] {
  const client = createClient({ baseUrl });
  const official = new HighLevel({ privateIntegrationToken: "x" });
  official.getHttpClient().defaults.baseURL = baseUrl;
  const headers = { version: "v3", accept: "application/json" };
  return [
    { name: "fetch", call: async () => (await fetch(`${baseUrl}/contacts/${contactId}`, { headers })).json() },
    { name: "facade", call: () => client.contacts.get({ contactId }) },
    { name: "official", call: () => official.contacts.getContact({ contactId }) },
  ];
}

async function compare(
  name: string,
  [base, ours, official]: ReturnType<typeof contenders>,
  goal: number,
  run: (call: Call) => Promise<number>,
): Promise<Measure> {
  for (const { call } of [base, ours, official]) await run(call);
  const ratios: number[] = [];
  const officialRatios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ratios.push(await ratio(ours.call, base.call, run));
    officialRatios.push(await ratio(official.call, base.call, run));
  }
  return measure(name, median(ratios), "x", { atMost: goal }, { "@gohighlevel/api-client": median(officialRatios) });
}

/** One contender between two runs of what it is compared with: what the other one left behind weighs on nobody. */
async function ratio(call: Call, base: Call, run: (call: Call) => Promise<number>): Promise<number> {
  globalThis.gc?.();
  const before = await run(base);
  const own = await run(call);
  const after = await run(base);
  return own / ((before + after) / 2);
}

async function sequential(call: Call, count: number): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < count; index += 1) await call();
  return (performance.now() - started) / count;
}

async function inFlight(call: Call, count: number): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: 50 }, worker));
  return (performance.now() - started) / count;
}
