// Sends by undici before anything else has used fetch, and prints whether the agent of the global fetch is still that of Node.js.
import { createRequire } from "node:module";
import { createContext } from "@ghlkit/core";
import { undiciSend } from "../../src/node.ts";

const request = { method: "GET", url: "http://127.0.0.1:1/", headers: {}, body: undefined };
await undiciSend()(request, createContext()).catch(() => undefined);
const agent = (globalThis as Record<symbol, unknown>)[Symbol.for("undici.globalDispatcher.1")];
const { Agent } = createRequire(import.meta.url)("undici") as typeof import("undici");
console.log(JSON.stringify({ isLoaded: agent !== undefined, isOfPackage: agent instanceof Agent }));
