import { Hono } from "hono";
import { BoundsError } from "../bounds/check-value.ts";
import { readBytes } from "../bounds/read-bytes.ts";
import { isForeign } from "../http/foreign-origin.ts";
import { authorize, redirectWith } from "../oauth/authorize.ts";
import { InstallError } from "../oauth/install.ts";
import type { World } from "../world.ts";
import { consentPage } from "./consent-page.ts";
import { readConsentRequest, type ConsentHost, type ConsentRequest } from "./consent-request.ts";
import { problemPage } from "../http/page.ts";

const consentPath = "/oauth/chooselocation";

/** Whether a request is for a consent page: on the host of the API, for the emulator has but one. */
export function isConsent(url: string): boolean {
  return url.includes(consentPath) && new URL(url).pathname.endsWith(consentPath);
}

/**
 * The consent pages. The white-label twin answers to its host, `marketplace.leadconnectorhq.com`, and under
 * `/white-label` for those who reach the emulator by its address.
 */
export function createConsentRoutes(current: () => World): Hono {
  const app = new Hono();
  for (const prefix of ["", "/v2", "/white-label", "/white-label/v2"]) {
    app.on(["GET", "POST"], `${prefix}${consentPath}`, async ({ req }) => {
      const url = new URL(req.url);
      const isWhiteLabel = prefix.startsWith("/white-label") || url.hostname === "marketplace.leadconnectorhq.com";
      const host: ConsentHost = { isWhiteLabel, isCurrent: prefix.endsWith("/v2") };
      const request = readConsentRequest(current(), url.searchParams, host);
      if ("problem" in request) return problemPage(request.status, request.problem);
      if (req.method === "GET") return consentPage(current(), request, url.searchParams);
      // A page of another host must not consent in place of a person.
      if (isForeign(req.raw)) return problemPage(403, "Consent comes from this page itself.");
      return decide(current(), request, url.searchParams, await readForm(req.raw));
    });
  }
  app.onError((error) => problemPage(error instanceof BoundsError ? error.status : 400, error.message));
  app.notFound(() => problemPage(404, "There is no such page."));
  return app;
}

const mostFormBytes = 1024 * 1024;

async function readForm(request: Request): Promise<FormData> {
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  return new Response(await readBytes(request, mostFormBytes), { headers }).formData();
}

async function decide(world: World, request: ConsentRequest, query: URLSearchParams, form: FormData): Promise<Response> {
  const { redirectUri, state, user, scopes } = request;
  const echo = state !== undefined ? { state } : {};
  // How the platform words a refusal is not known: this is RFC 6749, section 4.1.2.1.
  if (form.get("decision") !== "approve") return redirect(redirectWith(redirectUri, { error: "access_denied", ...echo }));
  const locationIds = form.getAll("location").map(String);
  const choice = { user, scopes, locationIds, approvesAllLocations: form.has("all"), installToFutureLocations: form.has("future") };
  try {
    return redirect(authorize(world, choice, { redirectUri, ...echo }).redirectTo);
  } catch (error) {
    if (error instanceof InstallError) return consentPage(world, request, query, error.message);
    throw error;
  }
}

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location, "cache-control": "no-store" } });
}
