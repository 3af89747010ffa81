import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEmulator, type Emulator, type Listening, type ListenOptions } from "../../src/index.ts";

let emulator: Emulator;
let server: Listening;
beforeAll(async () => {
  emulator = createEmulator({ maxBodyBytes: 100_000 });
  server = await emulator.listen();
});
afterAll(() => server.close());

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

/** With any Host header, which `fetch` does not let a program set. */
function send(path: string, { method = "GET", headers = {}, body }: Sent = {}, url: string = server.url): Promise<Answered> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: hostname.replaceAll(/[[\]]/g, ""), path, method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

const json = { "content-type": "application/json" };
const port = (): string => new URL(server.url).port;

describe("the Host header", () => {
  const own = (): string[] => [
    `127.0.0.1:${port()}`,
    `localhost:${port()}`,
    "localhost",
    "LOCALHOST.",
    "app.localhost",
    "[::1]:80",
    "127.9.9.9",
  ];
  const foreign = ["evil.example", "evil.example:4010", "127.0.0.1.evil.example", "localhost.evil.example", "evil.localhost.example", "10.0.0.7", "[fe80::1]", "0.0.0.0", "127.0.0.1@evil.example", "local host", "."]; // prettier-ignore

  test("of this machine is answered", async () => {
    for (const host of own()) expect([host, (await send("/_emulator/health", { headers: { host } })).status]).toEqual([host, 200]);
  });

  test.each(foreign)("%j is refused everywhere, and no token is shown", async (host) => {
    const authorization = `Bearer ${emulator.seed.tokens.location}`;
    for (const path of [
      "/_emulator/seed",
      "/_emulator/requests",
      "/_emulator/portal",
      "/_emulator/custom-page",
      "/v2/oauth/chooselocation",
      `/locations/${emulator.seed.locationId}`,
      "/",
    ]) {
      const { status, text } = await send(path, { headers: { host, authorization, version: "v3" } });
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
      expect(text).not.toContain(emulator.seed.tokens.location);
      expect(text).not.toContain(emulator.seed.app.clientSecret);
    }
  });

  test("of the platform is answered by the API, and not by the control plane", async () => {
    const headers = { host: "services.leadconnectorhq.com", version: "v3", authorization: `Bearer ${emulator.seed.tokens.location}` };
    expect((await send(`/locations/${emulator.seed.locationId}`, { headers })).status).toBe(200);
    for (const path of ["/_emulator/seed", "//_emulator/seed"]) expect((await send(path, { headers })).status).toBe(403);
  });

  test.each<[ListenOptions, readonly string[], readonly string[]]>([
    [{ allowedHosts: ["emulator"] }, ["emulator:4010", "EMULATOR"], ["emulator.evil.example", "emulators"]],
    [{ host: "0.0.0.0" }, ["localhost", "127.0.0.1"], ["evil.example", "0.0.0.0"]],
    [{ host: "::", allowedHosts: ["ghl.internal"] }, ["ghl.internal", "[::1]"], ["internal"]],
  ])("may be another with %j", async (options, answered, refused) => {
    const other = await createEmulator().listen(options);
    const url = `http://127.0.0.1:${new URL(other.url).port}`;
    for (const host of answered) expect([host, (await send("/_emulator/seed", { headers: { host } }, url)).status]).toEqual([host, 200]);
    for (const host of refused) expect([host, (await send("/_emulator/seed", { headers: { host } }, url)).status]).toEqual([host, 403]);
    await other.close();
  });
});

describe("a page of another origin", () => {
  const origins = ["https://evil.example", "http://evil.example", "null", "http://localhost:1", "http://127.0.0.1", "file://"];
  const controls: readonly [string, string, object][] = [
    ["POST", "/_emulator/reset", {}],
    ["POST", "/_emulator/clock", { advanceMs: 1 }],
    ["POST", "/_emulator/webhooks/subscriptions", { url: "http://127.0.0.1:1/" }],
    ["POST", "/_emulator/webhooks/trigger", { type: "INSTALL", url: "http://127.0.0.1:1/" }],
    ["DELETE", "/_emulator/faults", {}],
    ["GET", "/_emulator/seed", {}],
  ];

  test.each(origins)("%s may use no control", async (origin) => {
    for (const [method, path, body] of controls) {
      const sent = { method, headers: { ...json, origin }, ...(method === "POST" && { body: JSON.stringify(body) }) };
      expect([path, (await send(path, sent)).status]).toEqual([path, 403]);
    }
    expect(emulator.webhooks.subscriptions()).toEqual([]);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"])(
    "cannot send %s, as a form does",
    async (type) => {
      const body = JSON.stringify({ url: "http://127.0.0.1:1/" });
      expect((await send("/_emulator/webhooks/subscriptions", { method: "POST", headers: { "content-type": type }, body })).status).toBe(
        415,
      );
      expect((await send("/_emulator/reset", { method: "POST", headers: { "content-type": type }, body: "" })).status).toBe(415);
      expect(emulator.webhooks.subscriptions()).toEqual([]);
    },
  );

  test("cannot send a body without a type", async () => {
    expect((await send("/_emulator/webhooks/subscriptions", { method: "POST", body: "{}" })).status).toBe(415);
  });

  test("cannot consent in place of a person; the page itself can", async () => {
    const { app } = emulator.seed;
    const query = new URLSearchParams({ response_type: "code", client_id: app.clientId, redirect_uri: "http://localhost/cb", scope: "contacts.readonly" }); // prettier-ignore
    const path = `/oauth/chooselocation?${query.toString()}`;
    const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "decision=deny" };
    expect((await send(path, { ...form, headers: { ...form.headers, origin: "https://evil.example" } })).status).toBe(403);
    const itself = [{ origin: server.url }, { origin: "null", "sec-fetch-site": "same-origin" }, {}];
    for (const headers of itself) expect((await send(path, { ...form, headers: { ...form.headers, ...headers } })).status).toBe(302);
  });

  test("that the emulator serves may use the controls", async () => {
    expect((await send("/_emulator/reset", { method: "POST", headers: { origin: server.url } })).status).toBe(200);
  });
});

describe("bounds", () => {
  const post = (path: string, body: string) => send(`/_emulator${path}`, { method: "POST", headers: json, body });

  test.each<[string, string, RegExp]>([
    ["/clock", `{"advanceMs":1e308}`, /advanceMs is a number from -\d+ to \d+/],
    ["/clock", `{"advanceMs":"5"}`, /advanceMs is a number from/],
    ["/clock", `{"advanceMs":null}`, /advanceMs is a number from/],
    ["/clock", `{"advanceMs":-3000000000000}`, /clock goes from 0 to/],
    ["/clock", `{"setMs":-1}`, /setMs is a number from 0 to/],
    ["/clock", `{"setMs":1e300}`, /setMs is a number from 0 to/],
    ["/clock", `{"runMs":-1}`, /runMs is a number from 0 to/],
    ["/clock", `{"runMs":1e999}`, /runMs is a number from 0 to/],
    ["/clock", `[]`, /body is a JSON object/],
    ["/clock", `null`, /body is a JSON object/],
    ["/clock", `{"advanceMs":1`, /not JSON/],
    ["/clock", `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`, /nested deeper than 100/],
    ["/oauth/locations", `{"count":1e7}`, /count is a whole number from 1 to 10000/],
    ["/oauth/locations", `{"count":-1}`, /count is a whole number from 1 to 10000/],
    ["/oauth/locations", `{"count":1.5}`, /count is a whole number/],
    ["/oauth/locations", `{"count":"3"}`, /count is a whole number/],
    ["/oauth/install", `{"locations":"all"}`, /locations is a list/],
    ["/oauth/install", `{"approveAllLocations":"yes"}`, /approveAllLocations is true or false/],
    ["/oauth/install", `{"userId":5}`, /userId is a text/],
    ["/oauth/expire", `{"which":"all"}`, /which is access, refresh, both/],
    ["/oauth/suspend", `{"locationId":{}}`, /locationId is a text/],
    ["/faults", `{"operation":"*","kind":"latency","delayMs":1e308}`, /delayMs is a number from 0 to/],
    ["/faults", `{"operation":"*","kind":"latency","delayMs":"5"}`, /delayMs is a number from 0 to/],
    ["/faults", `{"operation":"*","kind":"latency","delayMs":5,"maxDelayMs":1}`, /maxDelayMs is not below/],
    ["/faults", `{"operation":"*","kind":"error","times":0}`, /times is a whole number from 1/],
    ["/faults", `{"operation":"*","kind":"error","rate":2}`, /rate is a number from 0 to 1/],
    ["/faults", `{"operation":"*","kind":"error","status":9}`, /status is a whole number from 200 to 599/],
    ["/webhooks/faults", `{"type":"*","kind":"duplicate","copies":1e7}`, /copies is a whole number from 1 to 100/],
    ["/webhooks/faults", `{"type":"*","kind":"delay","delayMs":1e308}`, /delayMs is a number from 0 to/],
    ["/webhooks/subscriptions", `{"url":"file:///etc/passwd"}`, /url is an http or https URL/],
    ["/webhooks/subscriptions", `{"url":5}`, /url is a text/],
    ["/webhooks/subscriptions", `{"url":"http://a/","events":"x"}`, /events is a list/],
    ["/webhooks/trigger", `{"type":"INSTALL","url":"javascript:1"}`, /url is an http or https URL/],
    ["/webhooks/trigger", `{}`, /type is missing/],
    ["/webhooks/trigger", `{"type":"INSTALL","overrides":[]}`, /overrides is a JSON object/],
    ["/webhooks/sign", `{"body":5}`, /body is a JSON object/],
  ])("POST %s %s is 400 with the field and what it may be", async (path, body, message) => {
    const { status, text } = await post(path, body);
    expect([status, (JSON.parse(text) as { message: string }).message]).toEqual([400, expect.stringMatching(message)]);
    expect((await send("/_emulator/health")).status).toBe(200);
  });

  test.each([
    "requests?limit=-1",
    "requests?limit=1e9",
    "requests?limit=NaN",
    "requests?limit=",
    "webhooks?limit=-1",
    "webhooks?limit=99999999999",
    "webhooks?state=lost",
  ])("GET %s is 400 with the parameter", async (query) => {
    const { status, text } = await send(`/_emulator/${query}`);
    expect([status, /(limit is a whole number from 0 to \d+|state is waiting)/.test(text)]).toEqual([400, true]);
  });

  const chunked = (path: string, headers: Record<string, string>, bytes: number): Promise<number> =>
    new Promise((resolve) => {
      const request = httpRequest({ port: port(), host: "127.0.0.1", path, method: "POST", headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      request.on("error", () => {});
      let sent = 0;
      const more = (): void => {
        if (request.destroyed) return;
        if ((sent += 16_384) > bytes) request.end();
        else request.write("x".repeat(16_384), () => setImmediate(more));
      };
      more();
    });

  test("a body without an end is not read on", async () => {
    const headers = { ...json, version: "v3", authorization: `Bearer ${emulator.seed.tokens.location}` };
    expect(await chunked("/_emulator/reset", json, Infinity)).toBe(413);
    expect(await chunked("/contacts/", headers, Infinity)).toBe(413);
    expect(await chunked("/contacts/", { ...headers, "content-type": "multipart/form-data; boundary=x" }, Infinity)).toBe(413);
    expect(await chunked("/contacts/", { ...headers, "content-type": "application/x-www-form-urlencoded" }, Infinity)).toBe(413);
    const consent = `/oauth/chooselocation?${new URLSearchParams({ response_type: "code", client_id: emulator.seed.app.clientId, redirect_uri: "http://localhost/cb", scope: "contacts.readonly" }).toString()}`; // prettier-ignore
    expect(await chunked(consent, { "content-type": "application/x-www-form-urlencoded" }, Infinity)).toBe(413);
  }, 300_000);

  test("a length that is too large is refused before a byte is read", async () => {
    const headers = {
      ...json,
      "content-length": String(400 * 1024 * 1024),
      version: "v3",
      authorization: `Bearer ${emulator.seed.tokens.location}`,
    };
    const status = await new Promise((resolve) => {
      const request = httpRequest(
        { port: port(), host: "127.0.0.1", path: "/contacts/", method: "POST", headers, agent: false },
        (response) => {
          resolve(response.statusCode);
          request.destroy();
        },
      );
      request.on("error", () => {});
      request.flushHeaders();
    });
    expect(status).toBe(413);
  }, 300_000);

  test("a body of the API that is nested too deeply is 400", async () => {
    const headers = { ...json, version: "v3", authorization: `Bearer ${emulator.seed.tokens.location}` };
    const body = `{"locationId":"x","customFields":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
    expect((await send("/contacts/", { method: "POST", headers, body })).status).toBe(400);
  });

  test.each([{ journalSize: -1 }, { journalSize: Number.NaN }, { burstLimit: 0 }, { burstWindowMs: Number.NaN }, { maxBodyBytes: -5 }])(
    "createEmulator(%j) is refused",
    (options) => {
      expect(() => createEmulator(options)).toThrow(/is a (whole )?number from/);
    },
  );
});
