import { Hono } from "hono";
import { BoundsError, checkChoice, checkNumber, checkText, checkTexts } from "../bounds/check-value.ts";
import type { InstallOptions, OAuthControls } from "../oauth/oauth-controls.ts";
import { mostLocations } from "../oauth/add-locations.ts";
import { readControlBody, type ControlBody as Body } from "./control-body.ts";

/** The HTTP side of `emulator.oauth`: one POST per action, named after it, with its options as the body. */
export function createOAuthRoutes(oauth: OAuthControls): Hono {
  const app = new Hono();
  app.get("/installations", (context) => context.json({ installations: oauth.installations() }));
  app.get("/token-requests", (context) => context.json({ tokenRequests: oauth.tokenRequests() }));
  for (const [name, act] of Object.entries(actions(oauth))) {
    app.post(`/${name}`, async (context) => {
      const body = await readControlBody(context);
      return context.json({ status: "ok", ...act(body) });
    });
  }
  return app;
}

function actions(oauth: OAuthControls): Readonly<Record<string, (body: Body) => object | void>> {
  return {
    install: (body) => ({ installation: oauth.install(choice(body)) }),
    authorize: (body) =>
      oauth.authorize({
        ...choice(body),
        redirectUri: text(body, "redirectUri"),
        ...(body["state"] !== undefined && { state: text(body, "state") }),
      }),
    "issue-tokens": (body) => ({ tokens: oauth.issueTokens(resource(body)) }),
    uninstall: (body) => ({ uninstalled: oauth.uninstall(resource(body)) }),
    suspend: (body) => oauth.suspend(resource(body)),
    reactivate: (body) => oauth.reactivate(resource(body)),
    expire: (body) => oauth.expire(isResource(body) ? resource(body) : undefined, which(body)),
    revoke: (body) => oauth.revoke(typeof body["token"] === "string" ? { token: body["token"] } : resource(body)),
    "rotate-private-token": (body) => ({ token: oauth.rotatePrivateToken(text(body, "token"), { expireNow: body["expireNow"] === true }) }),
    "cancel-private-token-rotation": (body) => ({ token: oauth.cancelPrivateTokenRotation(text(body, "token")) }),
    "change-plan": (body) => ({ installation: oauth.changePlan(resource(body), text(body, "planId")) }),
    "update-version": (body) => ({ installation: oauth.updateVersion(resource(body), text(body, "versionId")) }),
    locations: (body) => ({
      locationIds: oauth.addLocations(checkNumber("count", body["count"] ?? 1, { from: 1, to: mostLocations, whole: true })),
    }),
  };
}

/** Only what an install knows, each of its type. */
function choice(body: Body): InstallOptions {
  const { userId, locations, scopes, approveAllLocations, installToFutureLocations } = body;
  return {
    ...(userId !== undefined && { userId: checkText("userId", userId) }),
    ...(locations !== undefined && { locations: checkTexts("locations", locations) }),
    ...(scopes !== undefined && { scopes: checkTexts("scopes", scopes) }),
    approveAllLocations: flag("approveAllLocations", approveAllLocations),
    installToFutureLocations: flag("installToFutureLocations", installToFutureLocations),
  };
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === "boolean") return value;
  throw new BoundsError(`${name} is true or false.`);
}

function which(body: Body): "access" | "refresh" | "both" | undefined {
  return body["which"] === undefined ? undefined : checkChoice("which", body["which"], ["access", "refresh", "both"]);
}

function isResource({ locationId, companyId }: Body): boolean {
  return locationId !== undefined || companyId !== undefined;
}

function resource(body: Body): { readonly companyId?: string; readonly locationId?: string } {
  const { locationId, companyId } = body;
  if (locationId === undefined && companyId === undefined) throw new Error("Name a resource: locationId or companyId.");
  return {
    ...(companyId !== undefined && { companyId: text(body, "companyId") }),
    ...(locationId !== undefined && { locationId: text(body, "locationId") }),
  };
}

function text(body: Body, name: string): string {
  return checkText(name, body[name]);
}
