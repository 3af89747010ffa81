import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

/** What its headers tell of the rate limit; the platform's, unless the thread is given another. */
const { limit, windowMs } = (workerData as { readonly limit: number; readonly windowMs: number } | null) ?? {
  limit: 100,
  windowMs: 10_000,
};

/** Answers every GET from memory, small or large, with the platform's rate headers. */
const contact = {
  id: "ocQHyuzHvysMo5N5VsXc",
  ...Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`field${index}`, `some value ${index} of it`])),
};
const small = JSON.stringify({ contact, traceId: "00000000-0000-4000-8000-000000000000" });
const large = JSON.stringify({ contacts: Array.from({ length: 172 }, () => contact), traceId: "00000000-0000-4000-8000-000000000000" });
const headers = {
  "content-type": "application/json; charset=utf-8",
  "x-ratelimit-max": String(limit),
  "x-ratelimit-remaining": String(limit - 1),
  "x-ratelimit-interval-milliseconds": String(windowMs),
  "x-ratelimit-limit-daily": "200000",
  "x-ratelimit-daily-remaining": "199999",
};

const server = createServer((request, response) => {
  response.writeHead(200, headers).end(request.url?.endsWith("/large") ? large : small);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) parentPort?.postMessage(`http://127.0.0.1:${address.port}`);
});
