import { Hono } from "hono";
import type { OAuthControls } from "../oauth/oauth-controls.ts";

type Body = Readonly<Record<string, unknown>>;

/** The HTTP side of `emulator.oauth`: one POST per action, named after it, with its options as the body. */
export function createOAuthRoutes(oauth: OAuthControls): Hono {
  const app = new Hono();
  app.get("/installations", (context) => context.json({ installations: oauth.installations() }));
  app.get("/token-requests", (context) => context.json({ tokenRequests: oauth.tokenRequests() }));
  for (const [name, act] of Object.entries(actions(oauth))) {
    app.post(`/${name}`, async (context) => {
      const body = (await context.req.json().catch(() => ({}))) as Body;
      try {
        return context.json({ status: "ok", ...act(body) });
      } catch (error) {
        return context.json({ message: (error as Error).message }, 400);
      }
    });
  }
  return app;
}

function actions(oauth: OAuthControls): Readonly<Record<string, (body: Body) => object | void>> {
  return {
    install: (body) => ({ installation: oauth.install(body) }),
    authorize: (body) => oauth.authorize({ ...body, redirectUri: text(body, "redirectUri") }),
    "issue-tokens": (body) => ({ tokens: oauth.issueTokens(resource(body)) }),
    uninstall: (body) => ({ uninstalled: oauth.uninstall(resource(body)) }),
    suspend: (body) => oauth.suspend(resource(body)),
    reactivate: (body) => oauth.reactivate(resource(body)),
    expire: (body) => oauth.expire(isResource(body) ? body : undefined, body["which"] as "access" | undefined),
    revoke: (body) => oauth.revoke(typeof body["token"] === "string" ? { token: body["token"] } : resource(body)),
    "rotate-private-token": (body) => ({ token: oauth.rotatePrivateToken(text(body, "token"), { expireNow: body["expireNow"] === true }) }),
    "cancel-private-token-rotation": (body) => ({ token: oauth.cancelPrivateTokenRotation(text(body, "token")) }),
    "change-plan": (body) => ({ installation: oauth.changePlan(resource(body), text(body, "planId")) }),
    "update-version": (body) => ({ installation: oauth.updateVersion(resource(body), text(body, "versionId")) }),
    locations: (body) => ({ locationIds: oauth.addLocations(Number(body["count"] ?? 1)) }),
  };
}

function isResource(body: Body): body is { readonly companyId?: string; readonly locationId?: string } {
  return typeof body["locationId"] === "string" || typeof body["companyId"] === "string";
}

function resource(body: Body): { readonly companyId?: string; readonly locationId?: string } {
  if (isResource(body)) return body;
  throw new Error("Name a resource: locationId or companyId.");
}

function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value === "string") return value;
  throw new Error(`${name} is missing.`);
}
