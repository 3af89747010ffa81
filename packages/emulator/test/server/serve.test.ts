import { expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";

test("listens on loopback, answers over the socket, and stops", async () => {
  const emulator = createEmulator();
  const server = await emulator.listen();
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { locationId, tokens } = emulator.seed;
  const headers = { Version: "v3", Authorization: `Bearer ${tokens.location}`, "Content-Type": "application/json" };
  const created = await fetch(`${server.url}/contacts/`, {
    method: "POST",
    headers,
    body: JSON.stringify({ locationId, firstName: "Ann" }),
  });
  expect(created.status).toBe(201);
  expect(created.headers.get("content-type")).toContain("application/json");
  await server.close();
  await expect(fetch(`${server.url}/contacts/`)).rejects.toThrow();
});

test("a port in use is one clear sentence", async () => {
  const first = await createEmulator().listen();
  const port = Number(new URL(first.url).port);
  await expect(createEmulator().listen({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
  await first.close();
});

test("listening leaves the process's own Request and Response alone", async () => {
  const before = [globalThis.Request, globalThis.Response];
  const server = await createEmulator().listen();
  expect([globalThis.Request, globalThis.Response]).toEqual(before);
  await server.close();
});

test("is ready at once: no document is loaded before it is needed", () => {
  const start = process.cpuUsage();
  createEmulator();
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(500);
});

test("a failing emulator says so, with 500", async () => {
  const emulator = createEmulator({
    contract: {
      operations: () => [
        {
          id: "x.y",
          method: "GET",
          path: "/x",
          version: null,
          scopes: null,
          tokens: [],
          tenant: [],
          retry: "safe",
          pagination: null,
          body: null,
          comma: [],
          answer: "json",
          deprecated: false,
          successor: null,
        },
      ],
      document: () => Promise.resolve(undefined),
    },
  });
  const headers = { Authorization: `Bearer ${emulator.seed.tokens.location}` };
  const response = await emulator.fetch(new Request("http://emulator.test/x", { headers }));
  expect([response.status, await response.json()]).toMatchObject([500, { message: expect.stringContaining("The emulator failed") }]);
});
