import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { getRequestListener } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { createAuthRoutes, oauth } from "../../src/index.ts";

type Handle = (request: Request) => Promise<Response>;

// The recipes of docs/auth.md, each on its own server.
const servers: Readonly<Record<string, (handle: Handle) => Promise<Server>>> = {
  "node:http": async (handle) => {
    const listener = getRequestListener(handle, { overrideGlobalObjects: false });
    return listening(createServer((request, response) => void listener(request, response)));
  },
  Express: async (handle) => {
    const app = express();
    const listener = getRequestListener(handle, { overrideGlobalObjects: false });
    app.use("/oauth", (request, response) => {
      // Express takes the mount path off; the routes want all of it.
      request.url = request.originalUrl;
      void listener(request, response);
    });
    // Body parsers come after, or the body is gone.
    app.use(express.urlencoded());
    return listening(createServer(app));
  },
  Fastify: async (handle) => {
    const app = fastify();
    const listener = getRequestListener(handle, { overrideGlobalObjects: false });
    await app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("*", (_request, _body, done) => done(null));
      scope.all("/oauth/*", async (request, reply) => {
        reply.hijack();
        await listener(request.raw, reply.raw);
      });
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return app.server;
  },
};

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Mounted {
  readonly emulator: Emulator;
  readonly url: string;
  readonly bound: boolean[];
}

async function mount(start: (handle: Handle) => Promise<Server>): Promise<Mounted> {
  const emulator = createEmulator();
  const platform = await emulator.listen();
  let handle: Handle = async () => new Response(null, { status: 503 });
  const server = await start((request) => handle(request));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { clientId, clientSecret } = emulator.seed.app;
  const auth = oauth({ clientId, clientSecret, redirectUri: `${url}/oauth/callback`, baseUrl: platform.url });
  const bound: boolean[] = [];
  handle = createAuthRoutes({ auth, scopes: ["contacts.readonly"], onInstalled: ({ unsolicited }) => void bound.push(unsolicited) });
  open.push(
    () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
    () => platform.close(),
  );
  return { emulator, url, bound };
}

const cookieOf = (response: Response): string => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

describe.each(Object.keys(servers))("mounted in %s", (name) => {
  test("install with state and cookie, and the posted confirmation of a marketplace install", async () => {
    const { emulator, url, bound } = await mount(servers[name] as (handle: Handle) => Promise<Server>);
    const redirectUri = `${url}/oauth/callback`;
    const locations = [emulator.seed.locationId];
    const started = await fetch(`${url}/oauth/install`, { redirect: "manual" });
    expect(started.status).toBe(302);
    const state = new URL(started.headers.get("location") ?? "").searchParams.get("state") ?? "";
    const { redirectTo } = emulator.oauth.authorize({ locations, redirectUri, state });
    const done = await fetch(redirectTo, { headers: { cookie: cookieOf(started) } });
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining("Connected")]);

    const asked = await fetch(emulator.oauth.authorize({ locations, redirectUri }).redirectTo);
    const confirm = /name="confirm" value="([^"]+)"/.exec(await asked.text())?.[1] ?? "";
    const headers = { cookie: cookieOf(asked) };
    expect((await fetch(redirectUri, { method: "POST", body: new URLSearchParams({ confirm }), headers })).status).toBe(200);
    expect(bound).toEqual([false, true]);
    expect((await fetch(`${url}/oauth/nothing`)).status).toBe(404);
  });
});
