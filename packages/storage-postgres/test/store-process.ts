import { serveStores } from "@ghlkit/storage/testing";
import { createPostgresStorage } from "../src/index.ts";

// Run as `node store-process.ts <schema> <offset>` with the connection in DATABASE_URL: serves its stores to the parent. Its own
// clock is wrong by the offset, which must not matter.
const [schema = "", offset] = process.argv.slice(2);
const rightNow = Date.now;
Date.now = () => rightNow() + Number(offset);
const connectionString = process.env["DATABASE_URL"] ?? "";
serveStores(await createPostgresStorage({ connectionString, schema, maxConnections: 4 }), process);
process.send?.("ready");
