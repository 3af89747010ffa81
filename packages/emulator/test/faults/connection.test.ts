import { afterEach, expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";

const client = createTestClient();
const { emulator } = client;
const { locationId, tokens } = emulator.seed;
const headers = { Version: "v3", Authorization: `Bearer ${tokens.location}`, "Content-Type": "application/json" };
const path = `/locations/${locationId}`;

afterEach(() => emulator.reset());

test("a connection is reset, before or after the effect, in process and on a socket", async () => {
  const server = await emulator.listen();
  const create = (base: string, doFetch: typeof fetch): Promise<Response> =>
    doFetch(`${base}/contacts/`, {
      method: "POST",
      headers,
      body: JSON.stringify({ locationId, firstName: "Ann", email: "a@example.com" }),
    });
  const count = async (): Promise<number> =>
    (await client.call("POST", "/contacts/search", { body: { locationId, pageLimit: 10, page: 1 } })).body.total as number;
  emulator.faults.add({ operation: "contacts.create", kind: "connection-reset", times: 1 });
  await expect(create("http://emulator.test", emulator.fetch as typeof fetch)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  expect(await count()).toBe(0);
  emulator.faults.add({ operation: "contacts.create", kind: "connection-reset", times: 1, afterEffect: true });
  await expect(create(server.url, fetch)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  expect(await count()).toBe(1);
  await server.close();
});

test("no answer comes until the caller gives up", async () => {
  emulator.faults.add({ operation: "locations.get", kind: "no-answer", times: 1 });
  await expect(emulator.fetch(`http://emulator.test${path}`, { headers, signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
    name: "TimeoutError",
  });
  expect((await client.call("GET", path)).status).toBe(200);
  expect(emulator.faults.list()).toMatchObject([{ hits: 1 }]);
});

test.each(["in process", "on a socket"])("a body drips and is whole, %s", async (where) => {
  const server = await emulator.listen();
  const doFetch = where === "in process" ? emulator.fetch : fetch;
  const whole = (await client.call("GET", path)).body;
  emulator.faults.add({ operation: "locations.get", kind: "dripping-body", delayMs: 1, pieceBytes: 100 });
  const startedAt = performance.now();
  const response = await doFetch(`${server.url}${path}`, { headers });
  expect(((await response.json()) as { location: unknown }).location).toEqual(whole.location);
  expect(performance.now() - startedAt).toBeGreaterThan(3);
  expect(response.headers.get("x-emulator-fault")).toBe("dripping-body");
  emulator.faults.add({ operation: "locations.get", kind: "dripping-body", delayMs: 1, breakAfterBytes: 40 });
  const broken = await doFetch(`${server.url}${path}`, { headers });
  expect(broken.status).toBe(200);
  await expect(broken.text()).rejects.toThrow();
  await server.close();
});
