import type { AddressInfo } from "node:net";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { dripped } from "../http/drip.ts";
import { LostAnswer } from "../http/lost-answer.ts";
import { hostRefusal, isAllowedHost } from "./allowed-hosts.ts";
import type { WireAnswer } from "../pipeline/wire-answer.ts";

/** Where to listen. */
export interface ListenOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Default `127.0.0.1`: nothing but this machine can connect. */
  readonly host?: string;
  /**
   * Names by which clients may call it, without a port, beside `localhost`, loopback addresses and `host`: the name of a compose
   * service, say. Requests with another `Host` header get 403, so that no page can reach the emulator by a name of its own.
   */
  readonly allowedHosts?: readonly string[];
}

/** A listening emulator. */
export interface Listening {
  /** `http://127.0.0.1:4010`, without a trailing slash. */
  readonly url: string;
  /** Stops listening and drops open connections. */
  readonly close: () => Promise<void>;
}

/** Answers of the platform come as they go out, those of the control plane as responses. */
export type Answering = (request: Request) => Promise<WireAnswer> | Promise<Response> | Response;

/**
 * Listens on a socket.
 * @throws Error naming the port when it is taken.
 */
export async function serve(answer: Answering, isControl: (path: string) => boolean, options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = "127.0.0.1", allowedHosts = [] } = options;
  const fetch = async (request: Request, { incoming, outgoing }: { incoming: unknown; outgoing: unknown }): Promise<Response> => {
    const { headers, url } = incoming as IncomingMessage;
    if (!isAllowedHost(headers.host, { host, allowedHosts }, isControl(url ?? ""))) return hostRefusal(headers.host);
    try {
      const result = await answer(request);
      return result instanceof Response ? result : send(result, outgoing as ServerResponse);
    } catch (error) {
      if (!(error instanceof LostAnswer)) throw error;
      breakConnection(outgoing as ServerResponse, error.how);
      return RESPONSE_ALREADY_SENT;
    }
  };
  // The adapter's faster Request and Response would replace the globals of the whole process.
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shownHost = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${shownHost}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/** Straight to the socket: a `Response` in between costs more than all the rest of a read. */
function send({ status, headers, body, drip }: WireAnswer, outgoing: ServerResponse): Response {
  outgoing.writeHead(status, { ...headers, ...(body !== null && { "content-length": Buffer.byteLength(body) }) });
  if (drip !== undefined && body !== null) void sendDripping(dripped(body, drip), outgoing);
  else outgoing.end(body ?? undefined);
  return RESPONSE_ALREADY_SENT;
}

async function sendDripping(pieces: AsyncIterable<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (outgoing.destroyed) return;
      outgoing.write(piece);
    }
    outgoing.end();
  } catch {
    breakConnection(outgoing, "reset");
  }
}

function breakConnection(outgoing: ServerResponse, how: "closed" | "reset"): void {
  if (how === "reset") outgoing.socket?.resetAndDestroy();
  outgoing.destroy();
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new Error(`Port ${port} on ${host} is in use: choose another one, or 0 for a free one.`, { cause: error });
  if (error.code === "EACCES")
    return new Error(`Port ${port} on ${host} may not be opened by this user: choose one above 1023.`, { cause: error });
  if (error.code === "ENOTFOUND" || error.code === "EADDRNOTAVAIL")
    return new Error(`${host} is no address of this machine.`, { cause: error });
  return error;
}
