import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface LocalServer {
  readonly port: number;
  /** Rejects when the server fails while it runs. */
  readonly failed: Promise<never>;
  /** Takes nothing new and lets what is under way end. */
  readonly close: () => Promise<void>;
}

/** Listens. @throws Error in one sentence when the port or address cannot be had. */
export async function listenLocally(
  listener: RequestListener,
  address: { readonly port: number; readonly host: string },
): Promise<LocalServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, address)));
    server.listen(address.port, address.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    failed: new Promise((_, reject) => void server.on("error", reject)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // A sender that never ends its body must not keep the process.
        setTimeout(() => server.closeAllConnections(), 2000).unref();
      }),
  };
}

function explain(error: NodeJS.ErrnoException, { port, host }: { readonly port: number; readonly host: string }): Error {
  if (error.code === "EADDRINUSE") return new Error(`Port ${port} is in use: stop what listens there, or take another with --port.`);
  if (error.code === "EACCES") return new Error(`Port ${port} may not be used by this user: take one above 1023 with --port.`);
  if (error.code === "EADDRNOTAVAIL") return new Error(`${host} is no address of this machine: see --host.`);
  return error;
}
