import { checkNumber, ghlError, systemClock, type Clock } from "@ghlkit/core";
import type { StoredInstallation } from "@ghlkit/storage";
import { consentUrl, type ConsentUrlOptions } from "../oauth/consent-url.ts";
import type { OAuth } from "../oauth/oauth.ts";
import { renderPage, type AuthPage } from "./auth-page.ts";
import { deniedPage, exchangePage, notBoundPage, page, statePage } from "./callback-failure.ts";
import { boundedBody } from "./bounded-body.ts";
import { callbackQuery } from "./callback-query.ts";
import { createSignedNonces } from "./signed-nonce.ts";

/** An install that is done, for the app to bind to the person who is signed in. */
export interface Installed {
  readonly installation: StoredInstallation;
  /** Begun in the marketplace, not here. */
  readonly unsolicited: boolean;
  readonly request: Request;
}

/** Options of {@link createAuthRoutes}. */
export interface AuthRoutesOptions extends Pick<ConsentUrlOptions, "scopes" | "host" | "versionId"> {
  /** The app whose installs the routes carry out. */
  readonly auth: OAuth;
  /** Path that starts an install. Default `/oauth/install`. The callback is the path of the app's `redirectUri`, e.g. `/oauth/callback`. */
  readonly installPath?: string;
  /**
   * What happens to an install that was begun in the marketplace and brings no state.
   * @default `confirm`: bound only after a click
   */
  readonly unsolicitedInstall?: "confirm" | "accept" | "reject";
  /** Called when an install may be bound. A Response it returns is what the person sees. */
  readonly onInstalled?: (installed: Installed) => Response | void | Promise<Response | void>;
  /** Makes the HTML of a page. Default: a plain one. Escape what you put in; inline styles work, scripts and anything from elsewhere do not. */
  readonly renderPage?: (page: AuthPage) => string;
  /**
   * Ms an install may take.
   * @default 900_000
   */
  readonly ttlMs?: number;
  /** @default the machine's clock */
  readonly clock?: Pick<Clock, "now">;
}

const cookie = "oauth_install";
/** The form of a confirmation holds one signed value. */
const maxFormBytes = 8_192;

/**
 * Install and callback as one web-standard handler; other paths answer 404. Every failure ends in a page that says what to do.
 * @throws GhlError `invalid_request` for a redirect URL the portal refuses.
 */
export function createAuthRoutes(options: AuthRoutesOptions): (request: Request) => Promise<Response> {
  const { auth, installPath = "/oauth/install", unsolicitedInstall = "confirm", ttlMs = 900_000, clock = systemClock } = options;
  checkNumber("createAuthRoutes", "ttlMs", options.ttlMs, { above: true });
  const { redirectUri, clientId, clientSecret } = auth.app;
  if (redirectUri === undefined || /ghl|highlevel/i.test(redirectUri)) {
    const what = 'redirectUri is needed, and the portal refuses one with "ghl" or "highlevel" in it: use e.g. /oauth/callback';
    throw ghlError("invalid_request", `createAuthRoutes: ${what}.`, {});
  }
  const callbackPath = new URL(redirectUri).pathname;
  const nonces = createSignedNonces({ secret: clientSecret, states: auth.stores.states, ttlMs, clock });
  const secure = redirectUri.startsWith("https:") ? "; Secure" : "";
  const show = (shown: AuthPage, setCookie?: string): Response => {
    const headers = new Headers({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
    headers.set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'");
    if (setCookie !== undefined) headers.set("set-cookie", setCookie);
    return new Response((options.renderPage ?? renderPage)(shown), { status: shown.status, headers });
  };
  // The nonce must come back in the browser that began: a state alone does not say whose it is.
  const cookieOf = (nonce: string): string =>
    `${cookie}=${nonce}; Path=${callbackPath}; HttpOnly; SameSite=Lax; Max-Age=${Math.ceil(ttlMs / 1000)}${secure}`;

  async function install(): Promise<Response> {
    const state = await nonces.issue("state");
    const location = consentUrl({ ...options, clientId, redirectUri: redirectUri as string, state });
    return new Response(null, { status: 302, headers: { location, "set-cookie": cookieOf(state), "cache-control": "no-store" } });
  }

  async function done(installation: StoredInstallation, unsolicited: boolean, request: Request): Promise<Response> {
    try {
      const answer = await options.onInstalled?.({ installation, unsolicited, request });
      return answer ?? show(page("connected", 200, "Connected", "The account is connected. You can close this window."));
    } catch {
      return show(notBoundPage);
    }
  }

  async function callback(request: Request): Promise<Response> {
    const { state, code, error, errorDescription } = callbackQuery(request.url);
    if (state !== undefined) {
      if (state === "" || cookieIn(request) !== state) return show(statePage("foreign"));
      // Used up only with a code that the platform accepts: strangers store nothing.
      const checked = await nonces.check("state", state);
      if (!checked.valid) return show(statePage(checked.reason));
    }
    if (error !== undefined) return show(deniedPage(error, errorDescription));
    if (code === undefined) return show(page("no_code", 400, "Not connected", "The consent page sent no code. Start the install again."));
    if (state === undefined && unsolicitedInstall === "reject")
      return show(page("unsolicited", 403, "Not connected", "Installs are started from the app. Sign in there and connect the account."));
    const pair = await auth.endpoint.exchange(code);
    if (state !== undefined) {
      const used = await nonces.use("state", state);
      if (!used.valid) return show(statePage(used.reason));
    }
    const installation = await auth.installations.connect(pair);
    if (installation === undefined) throw new Error("The installation vanished.");
    if (state !== undefined || unsolicitedInstall === "accept") return done(installation, state === undefined, request);
    const value = await nonces.issue("confirm", { ...installation.principal });
    const { kind, resource } = installation.principal;
    const name = typeof installation.facts.companyName === "string" ? ` (${installation.facts.companyName})` : "";
    const asked = page(
      "confirm",
      200,
      "Connect this account?",
      `The app was installed on the ${kind === "company" ? "agency" : "location"} ${resource}${name}. Connect it to your account here?`,
    );
    return show({ ...asked, confirm: { action: callbackPath, value } }, cookieOf(value));
  }

  async function confirm(request: Request): Promise<Response> {
    const sent = cookieIn(request);
    // Without the cookie of a confirmation the body is not worth reading.
    if (sent === undefined || !(await nonces.check("confirm", sent)).valid) {
      await request.body?.cancel().catch(() => undefined);
      return show(statePage(sent === undefined ? "foreign" : await reasonOf(sent)));
    }
    const body = await boundedBody(request, maxFormBytes);
    if (body === undefined)
      return show(page("too_large", 413, "Not connected", "The form is larger than this page makes it. Start the install again."));
    const value = new URLSearchParams(body).get("confirm") ?? "";
    if (sent !== value) return show(statePage("foreign"));
    const used = await nonces.use("confirm", value);
    if (!used.valid) return show(statePage(used.reason));
    const installation = await auth.installations.get(used.data as unknown as StoredInstallation["principal"]);
    if (installation === undefined || installation.state === "uninstalled") return show(statePage("unknown"));
    return done(installation, true, request);
  }

  async function reasonOf(value: string): Promise<string> {
    const checked = await nonces.check("confirm", value);
    return checked.valid ? "foreign" : checked.reason;
  }

  return async (request) => {
    const { pathname } = new URL(request.url);
    try {
      if (pathname === installPath && request.method === "GET") return await install();
      if (pathname === callbackPath && request.method === "GET") return await callback(request);
      if (pathname === callbackPath && request.method === "POST") return await confirm(request);
    } catch (error) {
      return show(exchangePage(error));
    }
    return show(page("not_found", 404, "Not found", "There is nothing here."));
  };
}

function cookieIn(request: Request): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/).map((pair) => pair.split("=", 2));
  return pairs.find(([name]) => name === cookie)?.[1];
}
