import { describe, expect, it, vi } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver, type WebhookNotice, type WebhookReceiverOptions } from "../../src/index.ts";
import { appId, createTestSigner, oddBody } from "../signer.ts";

const signer = createTestSigner();
const source = createMarketplaceSource({ appId, additionalKeys: [signer.publicPem] });

function setUp(more: Partial<WebhookReceiverOptions<undefined>> = {}) {
  const clock = createManualClock();
  const notices: WebhookNotice[] = [];
  const inbox = createMemoryInbox({ clock });
  const receiver = createWebhookReceiver({ source, inbox, clock, onEvent: (notice) => notices.push(notice), ...more });
  return { clock, notices, inbox, receiver };
}

const post = (body: string, headers: Record<string, string> = { "x-ghl-signature": signer.sign(body) }): Request =>
  new Request("https://app.example/hooks", { method: "POST", body, headers });

const broken = (error: Error): Inbox<undefined> => ({ ...createMemoryInbox(), insert: () => Promise.reject(error) });

describe("createWebhookReceiver", () => {
  it("answers 200 for what it has kept, and again for what it kept before", async () => {
    const { receiver, inbox, notices } = setUp();
    const body = oddBody();
    const first = await receiver(post(body));
    expect([first.status, await first.json()]).toEqual([200, { accepted: true, outcome: "new" }]);
    expect(await (await receiver(post(body))).json()).toEqual({ accepted: true, outcome: "duplicate" });
    const kept = await inbox.get("w-1");
    expect(new TextDecoder().decode(kept?.body)).toBe(body);
    expect(kept).toMatchObject({ type: "ContactCreate", resource: "loc-1", entity: "contact:c-1", synthetic: false, duplicates: 1 });
    expect(notices.map((notice) => notice.type === "received" && notice.outcome)).toEqual(["new", "duplicate"]);
  });

  it("keeps nothing that is not verified, and says why", async () => {
    const { receiver, inbox, notices } = setUp();
    const forged: readonly (readonly [Request, number, string])[] = [
      [post(oddBody(), {}), 401, "signature_missing"],
      [post(oddBody(), { "x-ghl-signature": createTestSigner().sign(oddBody()) }), 401, "signature_wrong"],
      [post(oddBody({ appId: "another" })), 403, "other_app"],
      [post(""), 400, "body_empty"],
      [post(" ".repeat(2_000_000)), 413, "body_too_large"],
      [post(oddBody(), { "content-encoding": "gzip" }), 415, "content_encoding"],
    ];
    for (const [request, status, reason] of forged) {
      const answer = await receiver(request);
      expect([answer.status, await answer.json()]).toEqual([status, { accepted: false, reason }]);
    }
    expect((await receiver(new Request("https://app.example/hooks"))).status).toBe(405);
    expect((await inbox.query()).deliveries).toEqual([]);
    expect(notices.every(({ type }) => type === "rejected")).toBe(true);
  });

  it("says that the body was read before, instead of calling it a forgery", async () => {
    const { receiver } = setUp();
    const request = post(oddBody());
    await request.text();
    const answer = await receiver(request);
    const message = expect.stringContaining("give the receiver the request first") as string;
    expect([answer.status, await answer.json()]).toEqual([429, { accepted: false, reason: "body_not_raw", message }]);
  });

  it("asks for another delivery when the inbox fails, and tells once that it is well again", async () => {
    const notices: WebhookNotice[] = [];
    let inbox = broken(new Error("the disk is full"));
    const changing: Inbox<undefined> = { ...inbox, insert: (delivery) => inbox.insert(delivery) };
    const receiver = createWebhookReceiver({ source, inbox: changing, onEvent: (notice) => notices.push(notice), retryAfterSeconds: 90 });
    const answer = await receiver(post(oddBody()));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "90"]);
    inbox = createMemoryInbox();
    expect((await receiver(post(oddBody()))).status).toBe(200);
    expect((await receiver(post(oddBody()))).status).toBe(200);
    expect(notices.map(({ type }) => type)).toEqual(["inbox_failed", "inbox_recovered", "received", "received"]);
  });

  it("asks for another delivery when the inbox is slow, and takes that one for a duplicate", async () => {
    const clock = createManualClock();
    const inbox = createMemoryInbox({ clock });
    let commit: () => void = () => {};
    let asked: () => void = () => {};
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const slow: Inbox<undefined> = {
      ...inbox,
      insert: async (delivery) => {
        await new Promise<void>((resolve) => {
          commit = resolve;
          asked();
        });
        return inbox.insert(delivery);
      },
    };
    const receiver = createWebhookReceiver({ source, inbox: slow, clock, answerWithinMs: 1000 });
    const answer = receiver(post(oddBody()));
    await isAsked;
    await clock.advance(1000);
    expect((await answer).status).toBe(429);
    commit();
    await Promise.resolve();
    const again = createWebhookReceiver({ source, inbox, clock });
    expect(await (await again(post(oddBody()))).json()).toEqual({ accepted: true, outcome: "duplicate" });
  });

  it("answers what nobody wants with 200 and forgets it", async () => {
    const { receiver, inbox } = setUp({ filter: { types: ["ContactDelete"], resources: ["loc-1"] } });
    expect(await (await receiver(post(oddBody()))).json()).toEqual({ accepted: true, outcome: "filtered" });
    expect(await (await receiver(post(oddBody({ type: "ContactDelete", locationId: "loc-2", webhookId: "w-2" })))).json()).toMatchObject({ outcome: "filtered" }); // prettier-ignore
    expect(await (await receiver(post(oddBody({ type: "ContactDelete", webhookId: "w-3" })))).json()).toMatchObject({ outcome: "new" });
    expect((await inbox.query()).deliveries.map(({ id }) => id)).toEqual(["w-3"]);
  });

  it("asks for another delivery when the filter fails", async () => {
    const { receiver, inbox, notices } = setUp({ filter: { resources: () => { throw new Error("the table is not loaded"); } } }); // prettier-ignore
    expect((await receiver(post(oddBody()))).status).toBe(429);
    expect([notices.map(({ type }) => type), (await inbox.query()).deliveries]).toEqual([["filter_failed"], []]);
  });

  const failingListeners: Readonly<Record<string, () => void>> = {
    throws: () => {
      throw new Error("the log is full");
    },
    // An async function is a listener to the compiler.
    rejects: (() => Promise.reject(new Error("the log is full"))) as () => void,
  };
  it.each(Object.entries(failingListeners))(
    "is not harmed by a listener that %s, which is reported as an uncaught error",
    async (_how, onEvent) => {
      const reportError = vi.fn();
      vi.stubGlobal("reportError", reportError);
      const { receiver } = setUp({ onEvent });
      const failing = createWebhookReceiver({ source, inbox: broken(new Error("down")), onEvent });
      const statuses = [await receiver(post(oddBody())), await receiver(post(oddBody(), {})), await failing(post(oddBody()))];
      await new Promise((resolve) => setImmediate(resolve));
      expect(statuses.map(({ status }) => status)).toEqual([200, 401, 429]);
      expect(reportError.mock.calls).toEqual(Array(3).fill([new Error("the log is full")]));
      vi.unstubAllGlobals();
    },
  );

  it("answers a request whose body breaks off, and keeps nothing of it", async () => {
    const { receiver, inbox, notices } = setUp();
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(oddBody()));
        controller.error(new Error("the sender is gone"));
      },
    });
    const init = { method: "POST", body, duplex: "half", headers: { "x-ghl-signature": signer.sign(oddBody()) } } as RequestInit;
    expect((await receiver(new Request("https://app.example/hooks", init))).status).toBe(400);
    expect([notices, (await inbox.query()).deliveries]).toEqual([[], []]);
  });

  it("gives signs of life, and finds the time when there were none", async () => {
    const { receiver, clock, inbox, notices } = setUp({ heartbeatMs: 1000 });
    const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    receiver.start();
    await settle();
    await receiver.close();
    await clock.advance(10_000);
    receiver.start();
    await settle();
    await receiver.close();
    expect(notices).toEqual([{ type: "gap_found", id: 1, from: expect.any(Number), to: expect.any(Number) }]);
    expect((await inbox.gaps()).map(({ from, to }) => to - from)).toEqual([10_000]);
  });

  it("tells once that signs of life cannot be kept, and once that they can again", async () => {
    const { clock, inbox, notices } = setUp();
    let down = true;
    const flaky: Inbox<undefined> = { ...inbox, beat: (options) => (down ? Promise.reject(new Error("down")) : inbox.beat(options)) };
    const receiver = createWebhookReceiver({ source, inbox: flaky, clock, heartbeatMs: 1000, onEvent: (notice) => notices.push(notice) });
    receiver.start();
    for (let beat = 0; beat < 3; beat += 1) await clock.advance(1000);
    down = false;
    for (let beat = 0; beat < 3; beat += 1) await clock.advance(1000);
    await receiver.close();
    expect(notices.map(({ type }) => type)).toEqual(["heartbeat_failed", "heartbeat_recovered"]);
  });

  it("does not let anybody wait longer than the platform may", () => {
    for (const answerWithinMs of [0, 5001, Number.NaN]) expect(() => setUp({ answerWithinMs })).toThrow("answerWithinMs");
  });
});
