import { request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Forgery } from "../../src/testing/index.ts";

/** Something that deliveries are posted to. */
export interface Endpoint {
  /** Resolves to the status of the answer. */
  readonly post: (sent: Forgery) => Promise<number>;
  readonly close: () => Promise<unknown>;
}

export async function onServer(server: Server): Promise<Endpoint> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return onPort((server.address() as AddressInfo).port, () => new Promise((resolve) => server.close(resolve)));
}

export function onPort(port: number, close: () => Promise<unknown>): Endpoint {
  const post = ({ body, headers }: Forgery): Promise<number> =>
    new Promise((resolve, reject) => {
      const options = { port, host: "127.0.0.1", path: "/hooks", method: "POST", headers: { ...headers, "content-length": String(Buffer.byteLength(body)) }, agent: false }; // prettier-ignore
      const request = httpRequest(options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      // A server that has refused a large body may hang up before it has all of it.
      request.on("error", (error: NodeJS.ErrnoException) => (error.code === "EPIPE" || error.code === "ECONNRESET" ? resolve(413) : reject(error))); // prettier-ignore
      request.end(body);
    });
  return { post, close };
}

/** Posts them all; names those that were answered as they must not be. */
export async function wrongAnswers(endpoint: Endpoint, forgeries: readonly Forgery[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const sent of forgeries) {
    const status = await endpoint.post(sent);
    if (sent.genuine ? status !== 200 : status < 400 || status === 429) wrong.push(`${sent.name}: ${status}`);
  }
  return wrong;
}
