import { passOn } from "./pass-on.ts";
import { runtime, type Runtime } from "./runtime.ts";

type Init = RequestInit & { duplex?: "half" };

const alwaysSafe = new Set(["GET", "HEAD"]);

/**
 * Keeps the runtime from sending a write again by itself, after a server has closed a connection that was used before: the write may
 * have been carried out. Measured: Deno 2.9 repeats every request whose body it can read again, Bun 1.4 repeats PUT and DELETE; undici
 * (Node.js) and workerd repeat none.
 */
export function sendOnce(method: string, init: Init, where: Runtime = runtime()): Init {
  if (alwaysSafe.has(method)) return init;
  if (where === "deno") return asStream(init);
  // A connection of its own; Bun repeats only on a reused one.
  return where === "bun" && (method === "PUT" || method === "DELETE") ? { ...init, keepalive: false } : init;
}

/** What comes from a stream cannot be read twice. The body of a Response would not do: Deno sees that it was made of bytes. */
function asStream(init: Init): Init {
  if (init.body instanceof ReadableStream) return init;
  const encoded = new Response(init.body ?? null);
  const headers = new Headers(init.headers);
  const type = encoded.headers.get("content-type");
  if (type !== null && !headers.has("content-type")) headers.set("content-type", type);
  // A write without a body would be repeated, too: it gets a stream that ends at once.
  return { ...init, headers, body: passOn(encoded.body ?? new Blob().stream()), duplex: "half" };
}
