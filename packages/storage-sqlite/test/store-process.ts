import { serveStores } from "@ghlkit/storage/testing";
import { createSqliteStorage } from "../src/index.ts";

// Run as `node store-process.ts <path> <now>`: serves the stores of a file to its parent, who moves the clock.
const [path = ":memory:", start] = process.argv.slice(2);
let now = Number(start);
process.on("message", (message: { readonly now?: number }) => {
  if (message.now === undefined) return;
  now = message.now;
  process.send?.({ now });
});
serveStores(createSqliteStorage({ path, clock: { now: () => now } }), process);
process.send?.("ready");
