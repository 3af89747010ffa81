import { operationTable } from "@ghlkit/contract";
import {
  answerJson,
  answerText,
  classify,
  createContext,
  ghlError,
  isGhlError,
  type Principal,
  type Priority,
  type Send,
} from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";
import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  ClientSecretPost,
  customFetch,
  nopkce,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  skipStateCheck,
  validateAuthResponse,
  type AuthorizationServer,
  type TokenEndpointRequestOptions,
  type TokenEndpointResponse,
} from "oauth4webapi";
import type { OAuthApp } from "./oauth-app.ts";
import { dialectForm, standardAnswer } from "./token-dialect.ts";
import { tokenRecord } from "./token-record.ts";

/** The platform's token endpoint. Rejects with the GhlError of the cause; a dead grant is `token_revoked`. */
export interface TokenEndpoint {
  readonly exchange: (code: string, options?: ExchangeOptions) => Promise<TokenRecord>;
  /** A new pair; the refresh token of the old one dies. */
  readonly refresh: (pair: TokenRecord) => Promise<TokenRecord>;
  /** A location token from the token of its company. */
  readonly mint: (
    company: TokenRecord,
    location: Principal,
    options?: { readonly priority?: Priority | undefined },
  ) => Promise<TokenRecord>;
}

/** Options of a code exchange. */
export interface ExchangeOptions {
  /** Which token is asked for; the platform decides by app and installer. */
  readonly userType?: "Company" | "Location";
  /** The redirect URI of the consent request, where it is not the app's. */
  readonly redirectUri?: string;
}

export interface TokenEndpointOptions {
  readonly app: OAuthApp;
  readonly send: Send;
  readonly now: () => number;
  /** Ms one request may take. */
  readonly timeoutMs: number;
}

interface EndpointRequest {
  readonly principal: Principal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly priority?: Priority | undefined;
}

export function createTokenEndpoint({ app, send, now, timeoutMs }: TokenEndpointOptions): TokenEndpoint {
  const server: AuthorizationServer = { issuer: app.baseUrl, token_endpoint: `${app.baseUrl}/oauth/token` };
  const client = { client_id: app.clientId };

  const options = (principal: Principal | undefined, userType: string | undefined): TokenEndpointRequestOptions => ({
    [allowInsecureRequests]: app.baseUrl.startsWith("http:"),
    additionalParameters: userType === undefined ? {} : { user_type: userType },
    [customFetch]: (url, init) => ask(url, dialectForm(init.body, app.dialect), "oauth.createToken", { principal }),
  });

  /** Sends a form and answers with the names of the RFC. */
  async function ask(url: string, body: string, id: string, { principal, headers: extra, priority }: EndpointRequest): Promise<Response> {
    const context = createContext({
      operation: operationTable.operation(id),
      principal,
      timeoutMs,
      priority: priority ?? "interactive",
    });
    const version: Record<string, string> = app.dialect === "v3" ? { version: "v3" } : {};
    const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json", ...version, ...extra };
    const request = { method: "POST", url, headers, body };
    const response = await send(Object.freeze(request), context).catch((error: unknown) => {
      throw withoutRequest(error);
    });
    if (!response.ok) throw classify(response, await answerText(response), context);
    const answer = await answerJson(response, context);
    if (typeof answer !== "object" || answer === null) throw unusable();
    return Response.json(standardAnswer(answer as Record<string, unknown>));
  }

  async function process(action: () => Promise<TokenEndpointResponse>): Promise<TokenEndpointResponse> {
    try {
      return await action();
    } catch (error) {
      if (isGhlError(error)) throw error;
      // Errors of the library carry the answer, tokens included: none of it goes up.
      throw unusable();
    }
  }

  return {
    exchange: async (code, { userType, redirectUri = app.redirectUri } = {}) => {
      if (redirectUri === undefined) throw ghlError("invalid_request", "oauth: redirectUri is needed for the code exchange.", {});
      const askedAt = now();
      const callback = validateAuthResponse(server, client, new URLSearchParams({ code }), skipStateCheck);
      const secret = ClientSecretPost(app.clientSecret.reveal());
      const answer = await process(async () =>
        processAuthorizationCodeResponse(
          server,
          client,
          await authorizationCodeGrantRequest(server, client, secret, callback, redirectUri, nopkce, options(undefined, userType)),
        ),
      );
      return tokenRecord(app.clientId, answer, askedAt);
    },
    refresh: async (pair) => {
      const askedAt = now();
      const secret = ClientSecretPost(app.clientSecret.reveal());
      const { refreshToken = "", userType, principal } = pair;
      const answer = await process(async () =>
        processRefreshTokenResponse(
          server,
          client,
          await refreshTokenGrantRequest(server, client, secret, refreshToken, options(principal, userType)),
        ),
      );
      return tokenRecord(app.clientId, answer, askedAt, pair);
    },
    mint: async (company, location, { priority } = {}) => {
      const askedAt = now();
      const path = app.dialect === "v3" ? "/oauth/location-token" : "/oauth/locationToken";
      const form = new URLSearchParams({ companyId: company.principal.resource, locationId: location.resource });
      const version: Record<string, string> = app.dialect === "v2" ? { version: "2021-07-28" } : {};
      const headers = { authorization: `Bearer ${company.accessToken}`, ...version };
      const request = { principal: company.principal, headers, priority };
      const response = await ask(`${app.baseUrl}${path}`, form.toString(), "oauth.createLocationToken", request);
      const answer = (await response.json()) as Record<string, unknown>;
      if (typeof answer["access_token"] !== "string") throw unusable();
      // It can be made again from the company's token at any time: a refresh token of its own would only be one more to lose.
      delete answer["refresh_token"];
      const ids = { companyId: company.principal.resource, userType: "Location", locationId: location.resource };
      return tokenRecord(app.clientId, { ...answer, ...ids, minted: true }, askedAt);
    },
  };
}

/** A fetch of the app's own may hang the request, secret and all, on what it throws: of a cause only name, message and code go up. */
function withoutRequest(error: unknown): unknown {
  if (!(error instanceof Error) || error.cause === undefined) return error;
  const { name, message, code } = error.cause as { readonly name?: string; readonly message?: string; readonly code?: unknown };
  return Object.assign(error, { cause: { name, message, ...(typeof code === "string" ? { code } : {}) } });
}

function unusable(): Error {
  return ghlError("invalid_response", "The token endpoint answered 200 without an access token.", { status: 200 });
}
