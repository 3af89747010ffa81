import { createEmulator } from "../../../emulator/src/index.ts";
import { measure, type Measure } from "../measure.ts";
import { elapsedMs } from "./elapsed-ms.ts";

const contacts = 100_000;

/** Searches over many contacts, and the longest that any request holds the process. */
export async function manyContacts(): Promise<readonly Measure[]> {
  const emulator = createEmulator({ burstLimit: 1e9, journalSize: 0 });
  const { tokens, locationId } = emulator.seed;
  const headers = { Authorization: `Bearer ${tokens.location}`, Version: "v3", "Content-Type": "application/json" };
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await emulator.fetch(`http://emulator.test${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const value = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(value)}`);
    return value;
  };
  for (let index = 0; index < contacts; index += 1) {
    const tags = index % 1000 === 0 ? ["vip"] : [];
    await call("POST", "/contacts/", {
      locationId,
      email: `c${index}@example.com`,
      firstName: `Name ${index}`,
      city: `City ${index % 500}`,
      tags,
    });
  }
  const search = (index: number): object => ({
    locationId,
    pageLimit: 20,
    page: 1,
    filters: [{ field: "city", operator: "eq", value: `City ${index % 500}` }],
  });
  for (let index = 0; index < 20; index += 1) await call("POST", "/contacts/search", search(index));
  const times: number[] = [];
  for (let index = 0; index < 200; index += 1) times.push(await elapsedMs(() => call("POST", "/contacts/search", search(index * 7))));
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  const longest: Record<string, number> = {};
  const requests: Readonly<Record<string, () => Promise<unknown>>> = {
    "search by words": () => call("POST", "/contacts/search", { locationId, pageLimit: 100, page: 1, query: "name 99999" }),
    "search, last page": () => call("POST", "/contacts/search", { locationId, pageLimit: 100, page: 100 }),
    duplicate: () => call("GET", `/contacts/search/duplicate?locationId=${locationId}&email=c5%40example.com`),
    create: () => call("POST", "/contacts/", { locationId, email: `new${Math.random()}@example.com` }),
    upsert: () => call("POST", "/contacts/upsert", { locationId, email: "c7@example.com", city: "Here" }),
    tags: () => call("GET", `/locations/${locationId}/tags`),
    products: () => call("GET", `/products/?locationId=${locationId}`),
  };
  for (const [name, request] of Object.entries(requests)) {
    await request();
    const own: number[] = [];
    for (let round = 0; round < 5; round += 1) own.push(await elapsedMs(request));
    longest[name] = Math.min(...own);
  }
  return [
    measure(`search over ${contacts} contacts, p95`, p95, "ms", { atMost: 20 }),
    measure(`longest request at ${contacts} contacts, least of 5 each`, Math.max(...Object.values(longest)), "ms", { atMost: 50 }, longest),
  ];
}
