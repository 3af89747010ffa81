import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { ghlError } from "@ghlkit/core";
import type { App } from "./app.ts";
import type { Backend } from "./backend.ts";
import type { AppSettings } from "./settings.ts";

/** An application that answers. */
export interface Served {
  readonly url: string;
  /** A link that signs in one person, for a location. */
  readonly link: (locationId: string) => string;
  readonly close: () => Promise<void>;
}

/** Answers, and begins the work behind the pages. @throws GhlError `invalid_request` for a port of the environment that is taken */
export async function serveApp(app: App, backend: Backend): Promise<Served> {
  const server = createAdaptorServer({ fetch: app.hono.fetch, overrideGlobalObjects: false }) as Server;
  const { host } = backend.settings;
  try {
    backend.listensAt(`http://${host}:${await listenAt(server, backend.settings)}`);
    await backend.start();
  } catch (error) {
    server.close();
    await backend.close();
    throw error;
  }
  const url = backend.publicUrl();
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

/** Resolves with the port: that of the settings, or a free one where that is taken and `PORT` does not ask for it. */
export async function listenAt(
  server: Server,
  { host, port, isPortGiven }: Pick<AppSettings, "host" | "port" | "isPortGiven">,
): Promise<number> {
  await listen(server, port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    if (isPortGiven)
      throw ghlError("invalid_request", `Port ${port} is taken: set PORT to another one, or end the program that has it.`, {});
    return listen(server, 0, host);
  });
  return (server.address() as AddressInfo).port;
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
