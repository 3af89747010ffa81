import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator, type Emulator, type EmulatorOptions } from "@ghlkit/emulator";
import { createAdaptorServer } from "@hono/node-server";
import { createAuthRoutes, decryptUserContext, oauth, type Installed, type OAuth } from "../../src/index.ts";
import { callerOf, type Caller } from "../caller.ts";
import { importMap, serveModule } from "./module-server.ts";

/** An app and the platform, each on an origin of its own, for a browser. */
export interface BrowserApp {
  readonly url: string;
  readonly platformUrl: string;
  readonly emulator: Emulator;
  readonly auth: OAuth;
  readonly installed: Installed[];
  readonly call: Caller;
  readonly close: () => Promise<void>;
}

export async function startBrowserApp(options: EmulatorOptions = {}): Promise<BrowserApp> {
  const emulator = createEmulator(options);
  const platform = await emulator.listen();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { clientId, clientSecret, sharedSecret } = emulator.seed.app;
  const auth = oauth({ clientId, clientSecret, redirectUri: `${url}/oauth/callback`, baseUrl: platform.url });
  const installed: Installed[] = [];
  const routes = createAuthRoutes({
    auth,
    scopes: ["contacts.readonly", "locations.readonly", "oauth.readonly", "oauth.write"],
    host: new URL(platform.url),
    onInstalled: (one) => void installed.push(one),
  });
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.startsWith("/modules/")) return serveModule(pathname);
    if (pathname === "/page") return customPage(searchParams.get("parent") ?? "");
    if (pathname === "/session") return Response.json(await decryptUserContext(await request.text(), sharedSecret));
    return routes(request);
  };
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url,
    platformUrl: platform.url,
    emulator,
    auth,
    installed,
    call: callerOf({ credentials: auth, fetch: globalThis.fetch, baseUrl: platform.url }),
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await platform.close();
    },
  };
}

/** A custom page as an app would write it. */
function customPage(parent: string): Response {
  const html = `<!doctype html><html lang="en"><title>Custom page</title><script type="importmap">${importMap}</script>
    <main><h1>Custom page</h1><p id="who">asking</p></main>
    <script type="module">
      import { requestUserContext } from "@ghlkit/auth/browser";
      const who = document.getElementById("who");
      try {
        const options = { parentOrigins: [${JSON.stringify(parent)}], timeoutMs: 1500 };
        const [payload, again] = await Promise.all([requestUserContext(options), requestUserContext(options)]);
        const opened = await (await fetch("/session", { method: "POST", body: payload })).json();
        who.textContent = opened.valid && payload === again ? opened.context.userName : opened.reason;
        const aborted = await requestUserContext({ ...options, signal: AbortSignal.abort() }).catch((error) => error.code);
        who.textContent += ", " + aborted;
      } catch (error) {
        who.textContent = error.code + ": " + error.message;
      }
    </script></html>`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
