// A Worker as a user would write it: everything is made once, at module scope, and serves every request.
import { createAuthRoutes } from "@ghlkit/auth";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl, oauth } from "ghlkit";
import { runProgram } from "./program.ts";
import type { Target } from "./target.ts";

/** Filled in when the Worker is bundled. */
declare const target: Target;

const { token, locationId, baseUrl, app } = target;
// Short, because so long a call is waited for whose request has ended.
const resource = { token, location: locationId, baseUrl, timeoutMs: 1500 };

/** Slow enough that requests meet. It hides the platform's figures: its windows of ten seconds would make this take minutes. */
const slowFetch: typeof fetch = async (input, init) => {
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { body, status, headers } = await fetch(input, init);
  const shown = [...headers].filter(([name]) => !name.startsWith("x-ratelimit"));
  return new Response(body, { status, headers: shown });
};

const ghl = createGhl(resource);
const slow = createGhl({ ...resource, fetch: slowFetch });
const limited = createGhl({ ...resource, fetch: slowFetch, limits: { limit: 4, windowMs: 500 } });
const window = createMemoryStorage().rates;
const shared = createGhl({
  ...resource,
  fetch: slowFetch,
  limits: { limit: 4, windowMs: 500, window, shared: { leaseMs: 2000 } },
});
const stores = createMemoryStorage();
const { clientId, clientSecret, redirectUri } = app;
// Every call finds its token too old: requests meet at the token endpoint.
const auth = oauth({ clientId, clientSecret, redirectUri, baseUrl, stores, refreshBeforeMs: 10 ** 12, fetch: slowFetch });
const ofApp = createGhl({ credentials: auth, baseUrl });
const routes = createAuthRoutes({ auth, scopes: ["contacts.readonly"], unsolicitedInstall: "accept" });

/** A request that ends while its call is under way, as when the client hangs up: its timers and its I/O end with it. */
async function leave(request: Request, call: (request: Request) => Promise<unknown>): Promise<Response> {
  call(request).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, Number(new URL(request.url).searchParams.get("afterMs"))));
  return new Response("left");
}

const paths: Readonly<Record<string, (request: Request) => Promise<unknown>>> = {
  "/program": () => runProgram(target),
  "/read": () => ghl.location(locationId).locations.get(),
  "/read-slow": () => slow.location(locationId).locations.get(),
  "/list": () => slow.location(locationId).opportunities.listPipelines(),
  "/limited": () => limited.location(locationId).locations.get(),
  "/shared": () => shared.location(locationId).locations.get(),
  "/of-app": () => ofApp.location(locationId).locations.get(),
};

// oxlint-disable-next-line import/no-default-export -- Workers ask for one
export default {
  fetch: async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/oauth/callback") return routes(request);
    const answer = paths[pathname.replace("/left", "")];
    if (answer !== undefined && pathname.startsWith("/left")) return leave(request, answer);
    if (answer === undefined) return new Response("no such path", { status: 404 });
    try {
      return Response.json(await answer(request));
    } catch (error) {
      return new Response(error instanceof Error ? `${error.stack ?? error.message} ${String(error.cause)}` : String(error), {
        status: 500,
      });
    }
  },
};
