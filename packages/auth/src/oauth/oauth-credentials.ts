import { acceptsToken, type Operation } from "@ghlkit/contract";
import {
  answerText,
  classify,
  ghlError,
  unauthorisedCall,
  type BoundResource,
  type CallContext,
  type Credentials,
  type ErrorOrigin,
  type Layer,
  type Principal,
  type WireRequest,
  type WireResponse,
} from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";
import type { Suspensions } from "../token/suspensions.ts";
import type { TokenManager } from "../token/token-manager.ts";
import { checkScopes } from "../scopes/check-scopes.ts";

/** Statuses of answers that may concern the token or a paused account. */
const judged: ReadonlySet<number> = new Set([400, 401, 403]);

/** Credentials of an app: the token of whichever location or company a client is bound to. */
export function oauthCredentials(app: string, manager: TokenManager, suspensions: Suspensions): Credentials & { readonly repeat: Layer } {
  /** Which token an answer belongs to: the one that was stamped. */
  const stamped = new WeakMap<WireResponse, string>();

  /** The pair that a call carries. What keeps it from being sent says so: `sent: false`. */
  async function authorised(context: CallContext, principal: Principal): Promise<TokenRecord> {
    try {
      const pair = await manager.liveToken(principal, { signal: context.signal });
      checkScopes(context, pair.scopes);
      return pair;
    } catch (error) {
      throw unauthorisedCall(error, context);
    }
  }

  return {
    principal: (operation, bound) => principalOf(app, operation, bound),
    stamp: (next) => async (request, context) => {
      if (context.principal === undefined) return next(request, context);
      const { accessToken } = await authorised(context, context.principal);
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
      await manager.liveToken(principal, { signal, rejected }).catch((error: unknown) => {
        // The platform refused the call, and it is not sent again: it certainly did not take place.
        throw unauthorisedCall(error, { ...context, attempt: context.attempt + 1 });
      });
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
    const message = "An app holds a token per location and company: bind the client with client.location(id) or client.company(id).";
    throw ghlError("invalid_request", message, {}, origin);
  }
  if (operation !== undefined && !acceptsToken(operation.tokens, bound.kind)) {
    const other = bound.kind === "location" ? "company" : "location";
    const message = `${operation.id} does not accept a token of a ${bound.kind}. Call it on client.${other}(id).`;
    throw ghlError("token_kind", message, { needs: operation.tokens }, origin);
  }
  // An app has one grant per resource: these three name the caller.
  return { app, kind: bound.kind, resource: bound.resource, credential: "oauth" };
}
