import { once } from "node:events";
import { connect } from "node:net";
import type { SignedBody } from "./signed-body.ts";

/**
 * A connection that is kept open, for requests that were made beforehand. The sender shares two cores with what it measures:
 * node's own HTTP client would take as much of them as the receiver.
 */
export interface HttpLine {
  /** Resolves when the whole answer is there; rejects for any other than 200. One request at a time. */
  readonly post: (request: Buffer) => Promise<void>;
  readonly close: () => void;
}

/** A delivery as the bytes of its request. */
export function requestOf({ body, signature }: SignedBody): Buffer {
  const head = [
    "POST / HTTP/1.1",
    "host: 127.0.0.1",
    `x-ghl-signature: ${signature}`,
    "content-type: application/json",
    `content-length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]);
}

export async function openHttpLine(port: number): Promise<HttpLine> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  let waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  let answer = "";
  const fail = (error: Error): void => waiting?.reject(error);
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("The receiver closed the connection.")));
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
    if (!isWhole(answer)) return;
    const [line = ""] = answer.split("\r\n", 1);
    answer = "";
    if (line.startsWith("HTTP/1.1 200 ")) waiting?.resolve();
    else fail(new Error(`The receiver answered ${line}.`));
  });
  return {
    post: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      socket.destroy();
    },
  };
}

/** Whether all of a body of either kind is there: chunked, or of a stated length. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1];
  return length === undefined ? answer.endsWith("\r\n0\r\n\r\n") : answer.length >= end + 4 + Number(length);
}
