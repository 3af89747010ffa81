import type { Operation, TokenKind } from "@ghlkit/contract";
import {
  answerText,
  classify,
  ghlError,
  type BoundResource,
  type Credentials,
  type ErrorOrigin,
  type Layer,
  type Principal,
  type WireRequest,
} from "@ghlkit/core";
import type { Suspensions } from "../token/suspensions.ts";
import type { TokenManager } from "../token/token-manager.ts";
import { checkScopes } from "../scopes/check-scopes.ts";

const kinds: Readonly<Record<BoundResource["kind"], readonly TokenKind[]>> = {
  location: ["location", "locationOAuth"],
  company: ["agency", "agencyOAuth"],
};

/** Answers that may tell of the token or of a paused account. */
const judged: ReadonlySet<number> = new Set([400, 401, 403]);

/** Credentials of an app: the token of whichever location or company a client is bound to. */
export function oauthCredentials(app: string, manager: TokenManager, suspensions: Suspensions): Credentials & { readonly repeat: Layer } {
  /** Which token an answer belongs to: the one that was stamped. */
  const stamped = new WeakMap<Response, string>();
  return {
    principal: (operation, bound) => principalOf(app, operation, bound),
    stamp: (next) => async (request, context) => {
      if (context.principal === undefined) return next(request, context);
      const { accessToken, scopes } = await manager.liveToken(context.principal, { signal: context.signal });
      checkScopes(context, scopes);
      const response = await next(withToken(request, accessToken), context);
      if (response.status === 401) stamped.set(response, accessToken);
      return response;
    },
    repeat: (next) => async (request, context) => {
      const { principal, signal } = context;
      const response = await next(request, context);
      if (principal === undefined) return response;
      if (response.ok) suspensions.works(principal);
      if (!judged.has(response.status)) return response;
      const { code, message } = classify(response, await answerText(response), context);
      if (code === "resource_inactive") suspensions.paused(principal, message);
      const rejected = stamped.get(response);
      if (rejected === undefined || (code !== "token_expired" && code !== "token_revoked")) return response;
      await manager.liveToken(principal, { signal, rejected });
      return next(request, context);
    },
  };
}

function withToken(request: WireRequest, token: string): WireRequest {
  return Object.freeze({ ...request, headers: Object.freeze({ ...request.headers, authorization: `Bearer ${token}` }) });
}

function principalOf(app: string, operation: Operation | undefined, bound: BoundResource | undefined): Principal {
  const origin: ErrorOrigin = { operation: operation?.id };
  if (bound === undefined) {
    const message = "An app holds a token per location and company: say whose with client.location(id) or client.company(id).";
    throw ghlError("invalid_request", message, {}, origin);
  }
  const needs = operation?.tokens ?? [];
  if (needs.length > 0 && !needs.some((need) => kinds[bound.kind].includes(need))) {
    const other = bound.kind === "location" ? "company" : "location";
    const message = `${operation?.id} does not accept a token of a ${bound.kind}. Call it on client.${other}(id).`;
    throw ghlError("token_kind", message, { needs }, origin);
  }
  // An app has one grant per resource: these three name the caller.
  return { app, kind: bound.kind, resource: bound.resource, credential: "oauth" };
}
