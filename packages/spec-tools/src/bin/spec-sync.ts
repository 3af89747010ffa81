import { fileURLToPath } from "node:url";
import { sync } from "../sync/sync.ts";
const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");
const changed = await sync({ source: process.argv[process.argv.indexOf("--from") + 1] as string, root });
console.log(`spec:sync: ${changed.length} files changed`);
