import { afterEach, describe, expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";
import { tokenEndpoint } from "../token-endpoint.ts";

const client = createTestClient();
const { emulator } = client;
const { refresh } = tokenEndpoint(client);
const { appLocationRefresh } = emulator.seed.tokens;
const operation = "oauth.createToken";

afterEach(() => emulator.reset());

describe("faults of the token endpoint", () => {
  test("an answer lost before the effect leaves the refresh token alive", async () => {
    emulator.faults.add({ operation, kind: "lost-answer", times: 1 });
    await expect(refresh(appLocationRefresh)).rejects.toMatchObject({ name: "TypeError", message: "fetch failed" });
    expect((await refresh(appLocationRefresh)).status).toBe(200);
  });

  test("an answer lost after the effect has used it up", async () => {
    emulator.faults.add({ operation, kind: "lost-answer", times: 1, afterEffect: true });
    await expect(refresh(appLocationRefresh)).rejects.toThrow("fetch failed");
    expect((await refresh(appLocationRefresh)).status).toBe(400);
    expect(emulator.requests()).toMatchObject([{ status: 0, fault: "lost-answer" }, { status: 400 }]);
  });

  test("errors, as often as configured, before or after the effect", async () => {
    emulator.faults.add({ operation, kind: "error", times: 2 });
    expect([(await refresh(appLocationRefresh)).status, (await refresh(appLocationRefresh)).status]).toEqual([503, 503]);
    emulator.faults.add({ operation, kind: "error", times: 1, afterEffect: true, status: 502, body: { oops: true } });
    const broken = await refresh(appLocationRefresh);
    expect(broken).toMatchObject({ status: 502, body: { oops: true } });
    expect(broken.headers.get("x-emulator-fault")).toBe("error");
    expect(emulator.faults.list()).toMatchObject([{ hits: 2 }, { hits: 1, status: 502 }]);
    expect((await refresh(appLocationRefresh)).body.message).toBe("Invalid grant: refresh token is invalid");
  });

  test("other operations are not met, unless all are", async () => {
    const read = () => client.call("GET", `/locations/${emulator.seed.locationId}`);
    emulator.faults.add({ operation, kind: "error" });
    expect((await read()).status).toBe(200);
    emulator.faults.add({ operation: "*", kind: "error", status: 500 });
    expect((await read()).status).toBe(500);
  });

  test("a rate meets its share of the requests, the same ones each time", async () => {
    const run = async (): Promise<number[]> => {
      emulator.reset();
      emulator.faults.add({ operation, kind: "error", rate: 0.5 });
      const statuses: number[] = [];
      for (let count = 0; count < 40; count += 1) statuses.push((await refresh("x")).status);
      return statuses;
    };
    const statuses = await run();
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(8);
    expect(statuses.filter((status) => status === 400).length).toBeGreaterThan(8);
    expect(await run()).toEqual(statuses);
  });

  test("latency delays, and a request that is given up meanwhile has no effect", async () => {
    emulator.faults.add({ operation: "locations.get", kind: "latency", delayMs: 30 });
    const startedAt = performance.now();
    expect((await client.call("GET", `/locations/${emulator.seed.locationId}`)).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(25);
    emulator.faults.add({ operation: "contacts.create", kind: "latency", delayMs: 5000 });
    const { locationId, tokens } = emulator.seed;
    const given = emulator.fetch("http://emulator.test/contacts/", {
      method: "POST",
      headers: { Version: "v3", Authorization: `Bearer ${tokens.location}`, "Content-Type": "application/json" },
      body: JSON.stringify({ locationId, firstName: "Ann" }),
      signal: AbortSignal.timeout(20),
    });
    await expect(given).rejects.toMatchObject({ name: "TimeoutError" });
    const found = await client.call("GET", `/contacts/?locationId=${locationId}`, { version: "2021-07-28" });
    expect(found.body.contacts).toEqual([]);
  });

  test("a socket really breaks", async () => {
    const server = await emulator.listen();
    emulator.faults.add({ operation: "locations.get", kind: "lost-answer", times: 1 });
    const headers = { Version: "v3", Authorization: `Bearer ${emulator.seed.tokens.location}` };
    const get = () => fetch(`${server.url}/locations/${emulator.seed.locationId}`, { headers });
    await expect(get()).rejects.toThrow();
    expect((await get()).status).toBe(200);
    await server.close();
  });

  test("the control plane adds, lists and clears", async () => {
    const bare = { version: null, token: null } as const;
    const fault = { operation, kind: "error", times: 3 };
    const listed = { faults: [{ ...fault, hits: 0 }] };
    expect((await client.call("POST", "/_emulator/faults", { ...bare, body: fault })).body).toEqual(listed);
    expect((await client.call("GET", "/_emulator/faults", bare)).body).toEqual(listed);
    expect((await client.call("DELETE", "/_emulator/faults", bare)).body).toEqual({ faults: [] });
    for (const body of [{}, { operation, kind: "flood" }, { operation, kind: "error", times: 0 }, { operation, kind: "error", rate: 2 }]) {
      expect((await client.call("POST", "/_emulator/faults", { ...bare, body })).status).toBe(400);
    }
  });
});
