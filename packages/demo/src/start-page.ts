import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { bundlePage, renderShell } from "@ghlkit/app-kit/page";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { breakages, breakSomething, type Breakage } from "./break-something.ts";
import type { Demo } from "./open-demo.ts";
import { storyWorld } from "./story-world.ts";

/** What the start page shows. */
export interface StartState {
  readonly platformUrl: string;
  readonly apps: readonly { readonly name: string; readonly title: string; readonly purpose: string; readonly health: string }[];
  readonly breakages: Readonly<Record<string, string>>;
  /** What happened in the stories that were played. */
  readonly lines: readonly string[];
}

/** The page with a card for each application. */
export async function openStartPage(demo: Demo, port = 3000): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const assets = await bundlePage(new URL("page/start.tsx", import.meta.url));
  const lines: string[] = [];
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["data:"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  // What it does is done for its own page alone.
  app.use(async ({ req, text }, next) => {
    const origin = req.header("origin");
    if (req.method !== "GET" && origin !== new URL(req.url).origin) return text("Not from another page.", 403);
    await next();
    return undefined;
  });
  app.get("/assets/:name", (context) => {
    const asset = assets.find(({ path }) => path === context.req.path);
    return asset === undefined
      ? context.notFound()
      : context.body(asset.content as Uint8Array<ArrayBuffer>, 200, { "content-type": asset.type });
  });
  app.get("/", async (context) => context.html(renderShell("ghlkit", assets, { state: await readState(demo, lines) })));
  app.get("/state", async (context) => context.json(await readState(demo, lines)));
  app.get("/go/:name", async (context) => {
    const found = demo.apps.find(({ application }) => application.name === context.req.param("name"));
    return found === undefined ? context.notFound() : context.redirect(await found.link());
  });
  app.post("/play/:name", async (context) => {
    const found = demo.apps.find(({ application }) => application.name === context.req.param("name"));
    if (found === undefined) return context.notFound();
    const say = (line: string): void => void lines.push(`${found.application.title}: ${line}`);
    void found.application
      .story(storyWorld(demo, found, say))
      .catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
    return context.json({ ok: true });
  });
  app.post("/break/:what", (context) => {
    const what = context.req.param("what");
    if (!Object.hasOwn(breakages, what)) return context.notFound();
    breakSomething(demo, what as Breakage);
    lines.push(`Broken: ${breakages[what as Breakage]}.`);
    return context.json({ ok: true });
  });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  const listen = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(at, "127.0.0.1", () => resolve());
    });
  await listen(port).catch(() => listen(0));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readState(demo: Demo, lines: readonly string[]): Promise<StartState> {
  const apps = demo.apps.map(async ({ application: { name, title, purpose }, url }) => {
    const health = await fetch(`${url()}/health`)
      .then(async (answer) => ((await answer.json()) as { readonly status: string }).status)
      .catch(() => "not there");
    return { name, title, purpose, health };
  });
  return { platformUrl: demo.platform.url, apps: await Promise.all(apps), breakages, lines: lines.slice(-30) };
}
