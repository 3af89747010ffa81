import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { shownUrl } from "./options/url.ts";

/** What is sent. A header with a list goes out as often as the list is long, which `fetch` cannot. */
export interface Posted {
  readonly body: Uint8Array | string;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

/** What came back. Status 0: the endpoint hung up without an answer. `text`: at most 2,000 letters. */
export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

const timeoutMs = 10_000;

/** Posts on a connection of its own. @throws Error when nothing listens there, or no answer came within ten seconds. */
export function postDelivery(url: URL, { body, headers }: Posted): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const length = String(Buffer.byteLength(body));
    const request = send(url, { method: "POST", agent: false, headers: { ...headers, "content-length": length } }, (response) => {
      const chunks: Buffer[] = [];
      const end = (): void => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString().slice(0, 2000) });
      response.on("data", (chunk: Buffer) => void chunks.push(chunk));
      response.on("end", end);
      // Cut off behind its status, which is what counts.
      response.on("error", end);
    });
    request.setTimeout(timeoutMs, () => request.destroy(new Error(`${shownUrl(url)} did not answer within ${timeoutMs / 1000} s.`)));
    request.on("error", (error: NodeJS.ErrnoException) => {
      // A server that has refused a large body may hang up before it has all of it.
      if (error.code === "EPIPE" || error.code === "ECONNRESET") resolve({ status: 0, text: "" });
      else reject(new Error(messageOf(url, error), { cause: error }));
    });
    request.end(body);
  });
}

function messageOf(url: URL, { code, message }: NodeJS.ErrnoException): string {
  if (code === "ECONNREFUSED") return `Nothing listens at ${shownUrl(url)}: start the endpoint first.`;
  if (code === "ENOTFOUND") return `There is no host ${url.hostname}.`;
  return message;
}
