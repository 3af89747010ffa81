import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer, type Socket } from "node:net";

/** A server on loopback that ends with its sockets. */
export interface LoopbackServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Connections that were opened. */
  readonly connections: () => number;
  /** Connections that are open. */
  readonly open: () => number;
}

/** What a server does with the first bytes of a connection. */
export type Behaviour = (socket: Socket, received: string) => void;

/** A server that speaks no HTTP but what `behave` writes. */
export async function rawServer(behave: Behaviour): Promise<LoopbackServer> {
  return listen(
    createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => behave(socket, bytes.toString("latin1")));
    }),
  );
}

/** A server of Node.js itself. */
export async function httpServer(answer: RequestListener): Promise<LoopbackServer> {
  return listen(createHttpServer({ keepAliveTimeout: 60_000 }, answer));
}

export async function listen(server: ReturnType<typeof createServer>): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  let opened = 0;
  server.on("connection", (socket: Socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections: () => opened,
    open: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Body of a request, whole. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Answers with what was received: method, URL, headers and body. */
export async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await bodyOf(request)).toString("latin1");
  const { method, url, headers } = request;
  response.setHeader("content-type", "application/json").end(JSON.stringify({ method, url, headers, body }));
}
