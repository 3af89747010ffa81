import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createContext } from "@ghlkit/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createGhl } from "../../src/index.ts";
import { openGhl, undiciSend } from "../../src/node.ts";
import { httpServer } from "./loopback.ts";

afterEach(() => vi.unstubAllGlobals());

const request = { headers: {}, method: "GET", body: undefined } as const;

/** A server that answers with a contact, and a fetch that must not be used. */
async function platform() {
  const fetch = vi.fn(() => Promise.reject(new Error("fetch was used")));
  vi.stubGlobal("fetch", fetch);
  const server = await httpServer((incoming, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ contact: { id: incoming.url }, traceId: "t-1" }));
  });
  return { server, fetch };
}

describe("undiciSend", () => {
  it("refuses what makes no sense", () => {
    for (const options of [{ connections: 0 }, { connections: 1.5 }, { keepAliveMs: 0 }, { connectTimeoutMs: Number.NaN }])
      expect(() => undiciSend(options)).toThrow("undiciSend:");
  });

  it("leaves the agent of the global fetch as it is", async () => {
    const program = fileURLToPath(new URL("loading-process.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    expect(JSON.parse(stdout)).toEqual({ isLoaded: true, isOfPackage: false });
  });

  it("keeps to its number of connections", async () => {
    await using server = await httpServer((_incoming, response) => void setTimeout(() => response.end("{}"), 5));
    const send = undiciSend({ connections: 2 });
    const calls = Array.from({ length: 20 }, async () => (await send({ ...request, url: server.url }, createContext())).text());
    expect(await Promise.all(calls)).toHaveLength(20);
    expect(server.connections()).toBe(2);
    await send.close();
  });

  it("closes its connections, refuses calls from then on, and can be closed twice or unused", async () => {
    await using server = await httpServer((_incoming, response) => response.end("{}"));
    const send = undiciSend();
    await (await send({ ...request, url: server.url }, createContext())).text();
    expect(server.open()).toBe(1);
    await send.close();
    await send.close();
    await vi.waitFor(() => expect(server.open()).toBe(0), { timeout: 300_000 });
    await expect(send({ ...request, url: server.url }, createContext())).rejects.toMatchObject({ code: "invalid_request", attempts: 0 });
    await undiciSend().close();
  });
});

describe("createGhl({ transport })", () => {
  it("sends every call by it, and fetch wins where both are given", async () => {
    const { server, fetch } = await platform();
    await using _ = server;
    const transport = undiciSend();
    const options = { token: "t", location: "loc-1", baseUrl: server.url, transport };
    const ghl = createGhl(options);
    const { data, response, traceId } = await ghl.contacts.get({ contactId: "c" }).withResponse();
    expect([data, traceId, response instanceof Response, response.url, await response.json()]).toEqual([
      { contact: { id: "/contacts/c" }, traceId: "t-1" },
      "t-1",
      true,
      `${server.url}/contacts/c`,
      data,
    ]);
    const byPath = await ghl.GET("/contacts/{contactId}", { params: { path: { contactId: "p" } } });
    expect([byPath.data?.contact.id, byPath.response instanceof Response]).toEqual(["/contacts/p", true]);
    expect(fetch).not.toHaveBeenCalled();
    await ghl.close();
    // It stays open: others may use it.
    expect(server.open()).toBeGreaterThan(0);
    await transport.close();

    const own = vi.fn(async () => Response.json({ contact: { id: "mine" } }));
    expect(await createGhl({ ...options, fetch: own }).contacts.get({ contactId: "c" })).toEqual({ contact: { id: "mine" } });
  });
});

describe("openGhl", () => {
  const env = (url: string) => ({ GHL_TOKEN: "t", GHL_LOCATION_ID: "loc-1", GHL_BASE_URL: url });

  it("takes a transport of its own, and closes it", async () => {
    const { server, fetch } = await platform();
    await using _ = server;
    const ghl = await openGhl({}, env(server.url));
    expect((await ghl.contacts.get({ contactId: "c" })).contact.id).toBe("/contacts/c");
    expect([server.open(), fetch.mock.calls.length]).toEqual([1, 0]);
    await ghl.close();
    await vi.waitFor(() => expect(server.open()).toBe(0), { timeout: 300_000 });
  });

  it("takes the fetch or transport it is given", async () => {
    const { server } = await platform();
    await using _ = server;
    const own = vi.fn(async () => Response.json({ contact: { id: "mine" } }));
    const ghl = await openGhl({ fetch: own }, env(server.url));
    expect((await ghl.contacts.get({ contactId: "c" })).contact.id).toBe("mine");
    const other = await openGhl({ transport: own }, env(server.url));
    expect((await other.contacts.get({ contactId: "c" })).contact.id).toBe("mine");
    expect([server.connections(), own.mock.calls.length]).toEqual([0, 2]);
  });
});
