import { createMemoryStorage } from "@ghlkit/storage";
import { createSync } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import { createGhl } from "ghlkit";
import { readOrder } from "../crm/child.ts";

/** A backfill of very many contacts. */
export interface MemoryOrder {
  readonly baseUrl: string;
  readonly copy: string;
}

const { baseUrl, copy } = readOrder<MemoryOrder>();
const ghl = createGhl({ token: "pit-00000000-0000-4000-8000-000000000000", location: "location", baseUrl, limits: { limit: 1_000_000 } });
const sync = createSync({ ghl, storage: createMemoryStorage(), locations: ["location"], kinds: ["contacts"], into: sqlite(copy) });
const since = performance.now();
const [status] = await sync.catchUp();
const seconds = (performance.now() - since) / 1000;
const { maxRSS } = process.resourceUsage();
process.send?.({ records: status?.records, mebibytes: maxRSS / 1024, seconds });
await sync.close();
await ghl.close();
process.disconnect();
