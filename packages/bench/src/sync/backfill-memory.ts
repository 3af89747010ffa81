import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { smallHeap, startChild } from "../crm/child.ts";
import { measure, type Measure } from "../measure.ts";
import type { MemoryOrder } from "./memory-process.ts";

const records = 1_000_000;
const pageSize = 500;

/** The most memory that the process of a copy takes, its platform in another one: with Node.js as it comes, and with a smaller heap. */
export async function backfillMemory(): Promise<readonly Measure[]> {
  const usual = await backfilled([]);
  const small = await backfilled(smallHeap);
  const label = `backfill of ${records} contacts, platform in another process`;
  const memory = "memory of the process (most that was resident)";
  return [
    measure(`${label}: ${memory}`, usual.mebibytes, "MiB", { atMost: 200 }),
    measure(`${label}, ${smallHeap.join(" ")}: ${memory}`, small.mebibytes, "MiB", { atMost: 200 }),
    measure(`${label}: records`, Math.min(usual.records, small.records), "", { atLeast: records }),
    measure(`${label}: records a second, no rate limit`, usual.records / usual.seconds, "per s"),
    measure(`${label}, ${smallHeap.join(" ")}: records a second, no rate limit`, small.records / small.seconds, "per s"),
  ];
}

interface Backfilled {
  readonly records: number;
  readonly mebibytes: number;
  readonly seconds: number;
}

async function backfilled(flags: readonly string[]): Promise<Backfilled> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-sync-memory-"));
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    const order: MemoryOrder = { baseUrl: `http://127.0.0.1:${port}`, copy: join(folder, "crm.db") };
    let report: Backfilled | undefined;
    await startChild("../sync/memory-process.ts", order, { onMessage: (message) => (report = message as Backfilled), flags }).gone;
    if (report === undefined) throw new Error("The backfill ended without a report.");
    return report;
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { searchAfter } = JSON.parse(Buffer.concat(parts).toString()) as { readonly searchAfter?: readonly [number, string] };
  const from = searchAfter === undefined ? 0 : searchAfter[0] + 1;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ contacts: page(from), total: records }));
}

function page(from: number): readonly object[] {
  const time = new Date(1_700_000_000_000).toISOString();
  return Array.from({ length: Math.min(pageSize, records - from) }, (_, at) => ({
    id: `contact${from + at}`,
    locationId: "location",
    firstName: `Person ${from + at}`,
    lastName: "Example",
    email: `person${from + at}@example.com`,
    phone: `+1202555${String((from + at) % 10_000).padStart(4, "0")}`,
    tags: ["lead"],
    customFields: [{ id: "field", value: "value" }],
    dateAdded: time,
    dateUpdated: time,
    searchAfter: [from + at, `contact${from + at}`],
  }));
}
