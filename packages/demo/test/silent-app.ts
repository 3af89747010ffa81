import { existsSync, readFileSync } from "node:fs";

// In place of an application: it reports that it listens after a while, and gives links. A file makes it end before that.
const { PORT = "4000", END_WHEN_THERE = "", START_FILE = "" } = process.env;
if (existsSync(END_WHEN_THERE)) process.exit(3);
const afterMs = existsSync(START_FILE) ? Number(readFileSync(START_FILE, "utf8")) : 0;
setTimeout(() => process.send?.({ type: "started", url: `http://127.0.0.1:${PORT}` }), afterMs);
process.on("message", () => process.send?.({ type: "link", link: `link of ${process.pid}` }));
