import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

/** What a platform with a rate limit is asked to be. */
export interface RatedServerOptions {
  readonly limit: number;
  readonly windowMs: number;
  readonly kind: "fixed" | "sliding";
  /** Where in its life the first fixed window begins, 0 to 1. */
  readonly offset: number;
}

/** Messages of the server: where it listens, and what it counted when asked. */
export type RatedServerMessage = { readonly url: string } | { readonly served: number; readonly refused: number };

const { limit, windowMs, kind, offset } = workerData as RatedServerOptions;
const started = Date.now() - offset * windowMs;
let times: number[] = [];
let served = 0;
let refused = 0;

/** Slots in use: of the current fixed window, or of the last `windowMs`. */
function inUse(now: number): number {
  const from = kind === "sliding" ? now - windowMs : now - ((now - started) % windowMs);
  times = times.filter((time) => (kind === "sliding" ? time > from : time >= from));
  return times.length;
}

const server = createServer((_request, response) => {
  const now = Date.now();
  const full = inUse(now) >= limit;
  if (full) refused += 1;
  else {
    served += 1;
    times.push(now);
  }
  response.writeHead(full ? 429 : 200, {
    "content-type": "application/json",
    "x-ratelimit-max": String(limit),
    "x-ratelimit-remaining": String(Math.max(0, limit - times.length)),
    "x-ratelimit-interval-milliseconds": String(windowMs),
    "x-ratelimit-limit-daily": "200000",
    "x-ratelimit-daily-remaining": String(200_000 - served),
  });
  response.end(full ? '{"statusCode":429,"message":"Too Many Requests"}' : '{"contact":{"id":"1"}}');
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) parentPort?.postMessage({ url: `http://127.0.0.1:${address.port}` });
});
parentPort?.on("message", () => parentPort?.postMessage({ served, refused }));
