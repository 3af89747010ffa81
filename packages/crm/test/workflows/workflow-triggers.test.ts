import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import { describe, expect, it } from "vitest";
import { createMemoryTriggerStore, createWorkflowTriggers } from "../../src/workflows/index.ts";

const secret = { header: "x-trigger-secret", value: "a-long-secret-value" };
const target = (name: string): string => `https://services.leadconnectorhq.com/workflows-marketplace/triggers/execute/${name}/1`;

function open(answer: () => Response = () => new Response("{}")) {
  const posted: string[] = [];
  const clock = createManualClock();
  const store = createMemoryTriggerStore();
  const triggers = createWorkflowTriggers({
    secret,
    store,
    clock,
    journal: createMemoryStorage({ clock }).journal,
    accessToken: () => Promise.resolve("token"),
    fetch: (url, init) => {
      posted.push(`${new URL(url).pathname.split("/").at(-2)} ${String(init.body)}`);
      return Promise.resolve().then(answer);
    },
  });
  const subscribe = (id: string, eventType: string, more: object = {}, header = secret.value): Promise<Response> =>
    triggers(
      new Request("https://app.example/triggers", {
        method: "POST",
        headers: { [secret.header]: header },
        body: JSON.stringify({
          triggerData: { id, key: "order_paid", filters: [], eventType, targetUrl: target(id), version: "1", ...more },
          meta: { key: "order_paid", version: "1" },
          extras: { locationId: "loc", workflowId: `wf-${id}`, companyId: "com" },
        }),
      }),
    );
  const fire = (key: string, locationId = "loc") => triggers.fire({ trigger: "order_paid", locationId, key, payload: { total: 5 } });
  return { posted, subscribe, fire, store };
}

describe("a subscription", () => {
  it("is kept, replaced and removed, and events go to those that are there, once each", async () => {
    const { posted, subscribe, fire } = open();
    for (const id of ["a", "b"]) expect((await subscribe(id, "CREATED")).status).toBe(200);
    await subscribe("b", "UPDATED", { targetUrl: target("b2") });
    expect((await fire("order-1")).map(({ outcome }) => outcome)).toEqual(["fired", "fired"]);
    expect((await fire("order-1")).map((one) => (one.outcome === "fired" ? one.how : one.outcome))).toEqual(["before", "before"]);
    await subscribe("a", "DELETED");
    await fire("order-2");
    await fire("order-3", "another-location");
    expect(posted).toEqual(['a {"total":5}', 'b2 {"total":5}', 'b2 {"total":5}']);
  });

  it("is refused without the secret, and with a target that is not HighLevel's: the token would go there", async () => {
    const { subscribe, store } = open();
    expect((await subscribe("a", "CREATED", {}, "wrong-secret-value")).status).toBe(401);
    for (const targetUrl of [
      "https://evil.example/x",
      "http://services.leadconnectorhq.com/x",
      "https://leadconnectorhq.com.evil.example/",
      "x",
    ]) {
      expect((await subscribe("a", "CREATED", { targetUrl })).status).toBe(400);
    }
    expect(await store.list({ locationId: "loc", key: "order_paid" })).toEqual([]);
  });

  it("is not kept for an event that is not known, and removed however DELETED is spelt", async () => {
    const { subscribe, store } = open();
    expect((await subscribe("a", "PAUSED")).status).toBe(400);
    await subscribe("a", "CREATED");
    expect((await subscribe("a", "deleted")).status).toBe(200);
    expect(await store.list({ locationId: "loc", key: "order_paid" })).toEqual([]);
  });
});

describe("an event", () => {
  it("whose answer is lost is not sent again, and one that is refused says why", async () => {
    let answers: (() => Response)[] = [
      () => {
        throw new TypeError("fetch failed");
      },
    ];
    const { posted, subscribe, fire } = open(() => (answers.shift() ?? ((): Response => new Response("{}")))());
    await subscribe("a", "CREATED");
    expect(await fire("order-1")).toMatchObject([{ outcome: "unknown" }]);
    expect(await fire("order-1")).toMatchObject([{ outcome: "unknown" }]);
    expect(posted.length).toBe(1);
    answers = [() => Response.json({ statusCode: 400, message: "The trigger is gone" }, { status: 400 })];
    expect(await fire("order-2")).toMatchObject([{ outcome: "refused", error: { code: "bad_request" } }]);
    answers = [() => Response.json({ statusCode: 401, message: "Invalid JWT" }, { status: 401 })];
    await expect(fire("order-3")).rejects.toMatchObject({ status: 401 });
    expect(await fire("order-3")).toMatchObject([{ outcome: "fired" }]);
  });
});
