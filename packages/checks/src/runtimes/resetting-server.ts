import { createServer, type AddressInfo, type Socket } from "node:net";

export interface ResettingServer {
  readonly url: string;
  /** How often each request line arrived whole, e.g. `POST /reset-POST-body` → 1. Warming ones are left out. */
  readonly arrivals: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

const answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n{}";

/**
 * A server that carries a write out and then loses its answer: it resets the connection after a request for `/reset-…`, unless that is the
 * first one of its connection. A runtime that then sends the request again on a new connection carries the write out twice.
 */
export async function startResettingServer(): Promise<ResettingServer> {
  const arrivals = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    let isReused = false;
    eachRequest(socket, (line) => {
      const isReset = line.includes("/reset-");
      if (isReset) arrivals.set(line, (arrivals.get(line) ?? 0) + 1);
      if (isReset && isReused) socket.resetAndDestroy();
      else socket.write(answer);
      isReused = true;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}`, arrivals, close };
}

/** Calls back with method and path of each request, when all of it has arrived. */
function eachRequest(socket: Socket, arrived: (line: string) => void): void {
  let text = "";
  socket.on("data", (bytes) => {
    text += bytes.toString("latin1");
    for (let end = endOfRequest(text); end !== undefined; end = endOfRequest(text)) {
      const line = text.slice(0, text.indexOf(" HTTP/"));
      text = text.slice(end);
      arrived(line);
    }
  });
}

function endOfRequest(text: string): number | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const last = /(^|\r\n)0\r\n\r\n/.exec(text.slice(headEnd + 4));
    return last === null ? undefined : headEnd + 4 + last.index + last[0].length;
  }
  const end = headEnd + 4 + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  return text.length >= end ? end : undefined;
}
