import { connect } from "node:net";
import type { WebhookEvent } from "@ghlkit/webhooks";
import { shownUrl } from "../options/url.ts";
import { postDelivery } from "../post-delivery.ts";

/** Sends an event on as it came: its bytes, its signature. Resolves with the status. @throws Error unless that is 2xx. */
export async function forwardEvent(url: URL, { rawBody, headers }: WebhookEvent): Promise<number> {
  const { status } = await postDelivery(url, { body: rawBody, headers });
  if (status >= 200 && status < 300) return status;
  throw new Error(status === 0 ? `${shownUrl(url)} hung up without an answer.` : `${shownUrl(url)} answered ${status}.`);
}

/** Whether something takes connections there. @throws Error when nothing does. */
export function checkForward(url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
    const socket = connect({ port, host: url.hostname.replace(/^\[|\]$/g, ""), timeout: 3000 });
    const refuse = (): void => {
      socket.destroy();
      reject(new Error(`Nothing listens at ${shownUrl(url)}: start the app first, or leave --forward out.`));
    };
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", refuse).once("timeout", refuse);
  });
}
