import { operationTable } from "@ghlkit/contract";
import { answerText, classify, createContext, type Principal, type Send } from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";
import type { OAuthApp } from "../endpoint/oauth-app.ts";

export interface UninstallAppOptions {
  readonly app: OAuthApp;
  readonly send: Send;
  readonly principal: Principal;
  readonly reason: string;
  readonly timeoutMs: number;
  readonly pair: TokenRecord;
}

/** Removes the app at the platform. The platform has no way to revoke a token. */
export async function uninstallApp({ app, send, principal, reason, timeoutMs, pair }: UninstallAppOptions): Promise<void> {
  const context = createContext({ operation: operationTable.operation("marketplace.uninstallApp"), principal, timeoutMs });
  const id = principal.kind === "location" ? { locationId: principal.resource } : { companyId: principal.resource };
  const version = app.dialect === "v3" ? "v3" : "2021-07-28";
  const headers = { authorization: `Bearer ${pair.accessToken}`, "content-type": "application/json", accept: "application/json", version };
  const url = `${app.baseUrl}/marketplace/app/${app.appId}/installations`;
  const response = await send(Object.freeze({ method: "DELETE", url, headers, body: JSON.stringify({ ...id, reason }) }), context);
  // Nothing installed there any more is what was wanted.
  if (!response.ok && response.status !== 404) throw classify(response, await answerText(response), context);
}
