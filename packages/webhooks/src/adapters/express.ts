import type { WebhookReceiver } from "../receiver/webhook-receiver.ts";
import { toNodeHandler, type NodeRequest, type NodeResponse } from "./node-http.ts";

/** A route handler of Express 4 and 5. */
export type ExpressHandler = (request: NodeRequest, response: NodeResponse, next: (error?: unknown) => void) => void;

/**
 * A handler for `app.post(path, …)`. Mount it before `express.json()`, or after `express.raw({ type: "*\/*" })`; behind a JSON
 * parser that keeps nothing in `request.rawBody` every delivery is answered with 429, and answer, console and the notice `rejected`
 * say which middleware order is right.
 */
export function toExpressHandler(receiver: WebhookReceiver): ExpressHandler {
  const handle = toNodeHandler(receiver);
  return (request, response, next) => {
    handle(request, response).catch(next);
  };
}
