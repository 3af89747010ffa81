import { createMemoryStorage } from "@ghlkit/storage";
import { createSync } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import { createGhl } from "ghlkit";
import { readOrder } from "../crm/child.ts";

/** A backfill that may be killed. */
export interface BackfillOrder {
  readonly baseUrl: string;
  readonly token: string;
  readonly locationId: string;
  readonly copy: string;
}

const { baseUrl, token, locationId, copy } = readOrder<BackfillOrder>();
const ghl = createGhl({ token, location: locationId, baseUrl, limits: { limit: 100_000 } });
const sync = createSync({ ghl, storage: createMemoryStorage(), locations: [locationId], kinds: ["contacts"], into: sqlite(copy) });
process.send?.({ type: "begun" });
await sync.catchUp();
process.send?.({ type: "done" });
await sync.close();
await ghl.close();
process.disconnect();
