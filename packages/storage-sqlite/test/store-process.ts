import { serveStores } from "@ghlkit/storage/testing";
import { createSqliteStorage } from "../src/index.ts";

// Run as `node store-process.ts <path> <now> <offset>`: serves the stores of a file to its parent, who moves the clock. Its wall
// clock is wrong by the offset; the steady clock is the same for all processes of a machine.
const [path = ":memory:", start, offset] = process.argv.slice(2);
let now = Number(start);
process.on("message", (message: { readonly now?: number }) => {
  if (message.now === undefined) return;
  now = message.now;
  process.send?.({ now });
});
serveStores(createSqliteStorage({ path, clock: { now: () => now }, steadyClock: () => now - Number(offset) }), process);
process.send?.("ready");
