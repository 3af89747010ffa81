import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { App } from "./app.ts";
import type { Backend } from "./backend.ts";

/** An application that answers. */
export interface Served {
  readonly url: string;
  /** A link that signs in one person, for a location. */
  readonly link: (locationId: string) => string;
  readonly close: () => Promise<void>;
}

/** Listens on the port of the settings, or on a free one where that is taken and none was asked for. */
export async function serveApp(app: App, backend: Backend, { isPortFixed = false } = {}): Promise<Served> {
  const { host, port } = backend.settings;
  const server = createAdaptorServer({ fetch: app.hono.fetch, overrideGlobalObjects: false }) as Server;
  await listen(server, port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE" || isPortFixed) throw error;
    return listen(server, 0, host);
  });
  backend.listensAt(`http://${host}:${(server.address() as AddressInfo).port}`);
  const url = backend.publicUrl();
  await backend.start();
  return {
    url,
    link: (locationId) => `${url}/enter?key=${backend.sessions.link(locationId)}`,
    async close() {
      // Pages first, which stay connected; then what is under way.
      backend.channel.close();
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await backend.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

/**
 * Prints where it is, and ends on Ctrl+C or SIGTERM after what is under way. A parent process is sent the URL, and a link whenever it asks for one: for the location
 * that it names, or the first.
 */
export function runApp(title: string, served: Served, backend: Backend): void {
  const link = (wanted?: string): string | undefined => {
    const locationId = backend.locations().find((id) => wanted === undefined || id === wanted);
    return locationId === undefined ? undefined : served.link(locationId);
  };
  console.log(`${title}: ${link() ?? `connect HighLevel at ${served.url}/oauth/install`}`);
  process.send?.({ type: "started", url: served.url });
  process.on("message", ({ locationId }: { readonly locationId?: string }) => process.send?.({ type: "link", link: link(locationId) }));
  const stop = (): void => void served.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
