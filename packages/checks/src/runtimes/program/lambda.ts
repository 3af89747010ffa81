// An AWS Lambda behind API Gateway (HTTP API, payload 2.0): webhooks, the callback of a consent, and calls.
import { createAuthRoutes } from "@ghlkit/auth";
import { createMemoryStorage } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver } from "@ghlkit/webhooks";
import { toLambdaHandler, type LambdaEvent, type LambdaResult } from "@ghlkit/webhooks/lambda";
import { oauth } from "ghlkit";
import { runBundled } from "./bundled.ts";
import type { Target } from "./target.ts";

/** The part of the event that is used. */
export interface HttpEvent extends LambdaEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
}

/** Made once, when the function starts; it serves all events. */
export function createHandler(target: Target): (event: HttpEvent) => Promise<LambdaResult> {
  const { clientId, clientSecret, redirectUri, id } = target.app;
  const auth = oauth({ clientId, clientSecret, redirectUri, baseUrl: target.baseUrl });
  const routes = createAuthRoutes({ auth, scopes: ["contacts.readonly"], unsolicitedInstall: "accept" });
  const source = createMarketplaceSource({ appId: id, additionalKeys: [target.publicKey] });
  const hooks = toLambdaHandler(createWebhookReceiver({ source, inbox: createMemoryStorage().inbox }));

  return async (event) => {
    if (event.rawPath === "/hooks") return hooks(event);
    if (event.rawPath !== "/oauth/callback") return result(Response.json(await runBundled(target)));
    return result(await routes(new Request(`https://app.example.com${event.rawPath}?${event.rawQueryString}`)));
  };
}

async function result(answer: Response): Promise<LambdaResult> {
  return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text(), isBase64Encoded: false };
}
