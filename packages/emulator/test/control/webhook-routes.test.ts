import { describe, expect, test } from "vitest";
import { callEmulator, type TestAnswer } from "../test-client.ts";
import { createEndpoint } from "../webhooks/endpoint.ts";

const endpoint = createEndpoint({ retry: "429-only" });
const { emulator } = endpoint;
const call = (method: string, path: string, body?: unknown): Promise<TestAnswer> =>
  callEmulator(emulator, method, `/_emulator/webhooks${path}`, { version: null, token: null, ...(body !== undefined && { body }) });

describe("the control plane of webhooks", () => {
  test("subscribes, triggers, shows, resends, forgets", async () => {
    const { subscription } = (await call("POST", "/subscriptions", { url: "https://tool.example/" })).body;
    expect((await call("GET", "/subscriptions")).body.subscriptions).toHaveLength(2);
    endpoint.answers.push(200, 500);
    expect((await call("POST", "/trigger", { type: "ContactCreate", overrides: { email: "x@example.com" } })).body.deliveries).toHaveLength(
      2,
    );
    expect((await call("POST", "/settle")).status).toBe(200);
    const failed = (await call("GET", "?state=failed&type=ContactCreate")).body.deliveries;
    expect(failed).toMatchObject([{ url: "https://tool.example/", attempts: [{ number: 1, status: 500 }] }]);
    expect((await call("POST", `/${failed[0].id}/resend`)).body.delivery).toMatchObject({ state: "delivered" });
    expect((await call("GET", `/${failed[0].id}`)).body.delivery.attempts).toMatchObject([{ number: 1 }, { number: "-" }]);
    expect((await call("GET", "?limit=1")).body.deliveries).toHaveLength(1);
    expect((await call("DELETE", `/subscriptions/${subscription.id}`)).body).toEqual({ unsubscribed: true });
  });

  test("samples and signs without sending", async () => {
    const before = endpoint.received.length;
    const { body } = (await call("POST", "/sample", { type: "INSTALL" })).body;
    expect(body).toMatchObject({ type: "INSTALL", appId: emulator.seed.app.id });
    const signed = (await call("POST", "/sign", { body })).body;
    expect(JSON.parse(signed.body)).toEqual(body);
    expect(signed.headers["x-ghl-signature"]).toHaveLength(88);
    expect(endpoint.received).toHaveLength(before);
  });

  test("faults are added, listed with their hits, cleared", async () => {
    await call("POST", "/faults", { type: "INSTALL", kind: "drop" });
    await call("POST", "/trigger", { type: "INSTALL" });
    expect((await call("GET", "/faults")).body.faults).toEqual([{ type: "INSTALL", kind: "drop", hits: 1 }]);
    expect((await call("DELETE", "/faults")).body).toEqual({ faults: [] });
  });

  test("what makes no sense is refused with a sentence", async () => {
    for (const [path, body] of [
      ["/trigger", { type: "Nonsense" }],
      ["/subscriptions", { url: "nowhere" }],
      ["/faults", { type: "*", kind: "flood" }],
      ["/none/resend", {}],
    ] as const) {
      const refused = await call("POST", path, body);
      expect([path, refused.status, typeof refused.body.message]).toEqual([path, 400, "string"]);
    }
    expect((await call("GET", "/none")).status).toBe(404);
  });

  test("browsers get a page, in which nothing of a body is markup", async () => {
    emulator.webhooks.trigger("ContactCreate", { firstName: "<script>alert(1)</script>" });
    await emulator.webhooks.settle();
    const page = await emulator.fetch("http://emulator.test/_emulator/webhooks", { headers: { accept: "text/html" } });
    const text = await page.text();
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(text).toContain("ContactCreate");
    expect(text).not.toContain("<script>");
  });
});
