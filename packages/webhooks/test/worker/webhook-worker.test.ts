import { describe, expect, it, vi } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { createWebhookWorker, type Handlers, type WebhookNotice, type WebhookWorkerOptions } from "../../src/index.ts";

const bytes = (fields: Record<string, unknown>): Uint8Array => new TextEncoder().encode(JSON.stringify(fields));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp(handlers: Handlers<undefined>, more: Partial<WebhookWorkerOptions<undefined>> = {}) {
  const clock = createManualClock();
  const notices: WebhookNotice[] = [];
  const inbox = createMemoryInbox({ clock });
  const worker = createWebhookWorker({ inbox, handlers, clock, onEvent: (notice) => notices.push(notice), ...more });
  const put = (id: string, change: Parameters<typeof sampleDelivery>[1] = {}): Promise<string> =>
    inbox.insert(sampleDelivery(id, { type: "ContactCreate", body: bytes({ type: "ContactCreate", id, webhookId: id }), ...change }));
  return { clock, notices, inbox, worker, put };
}

describe("createWebhookWorker", () => {
  it("hands every event to the handler of its type, once", async () => {
    const seen: string[] = [];
    const { worker, put, inbox } = setUp({
      ContactCreate: ({ payload }, { idempotencyKey, attempt, stale }) => void seen.push(`${payload.id} ${idempotencyKey} ${attempt} ${stale}`), // prettier-ignore
      unknown: ({ wireType }) => void seen.push(`unknown ${wireType}`),
      "*": ({ type }) => void seen.push(`other ${type}`),
    });
    await put("c-1");
    await put("x-1", { type: "unknown", body: bytes({ type: "Strange" }) });
    await put("n-1", { type: "NoteCreate", body: bytes({ type: "NoteCreate" }) });
    expect(await worker.runDue()).toEqual({ handled: 3 });
    expect(await worker.runDue()).toEqual({ handled: 0 });
    expect(seen.toSorted()).toEqual(["c-1 c-1 1 false", "other NoteCreate", "unknown Strange"]);
    expect((await inbox.get("c-1"))?.state).toBe("done");
  });

  it("ignores what has no handler, and says so", async () => {
    const { worker, put, inbox, notices } = setUp({});
    await put("c-1");
    await worker.runDue();
    expect((await inbox.get("c-1"))?.state).toBe("ignored");
    expect(notices).toEqual([{ type: "ignored", id: "c-1", event: "ContactCreate", why: "no_handler" }]);
  });

  it("tries again with growing waits, then buries the event with its reason", async () => {
    const { worker, put, inbox, notices, clock } = setUp(
      { ContactCreate: () => Promise.reject(new Error("Bearer pit-0123456789abcdef was refused")) },
      { retry: { maxAttempts: 3, firstMs: 1000 } },
    );
    await put("c-1");
    await worker.runDue();
    await worker.runDue();
    expect(notices.length).toBe(1);
    await clock.advance(1200);
    await worker.runDue();
    await clock.advance(2400);
    await worker.runDue();
    expect(notices.map(({ type }) => type)).toEqual(["handler_failed", "handler_failed", "dead"]);
    const waits = notices.map((notice) => (notice.type === "handler_failed" ? notice.retryInMs : 0));
    expect(waits[0]).toBeGreaterThanOrEqual(800);
    expect(waits[1]).toBeGreaterThanOrEqual(1600);
    const dead = await inbox.get("c-1");
    expect([dead?.state, dead?.attempts]).toEqual(["dead", 3]);
    expect(dead?.error).toContain("was refused");
    expect(dead?.error).not.toContain("0123456789abcdef");
  });

  it("tries an event again whose handler ends on its signal", async () => {
    const ends = [(end: () => void) => end(), (_end: () => void, fail: (error: Error) => void) => fail(new Error("stopped"))];
    for (const stop of ends) {
      const { worker, put, clock, notices, inbox } = setUp(
        { ContactCreate: (_event, { signal }) => new Promise((resolve, reject) => signal.addEventListener("abort", () => stop(resolve, reject))) }, // prettier-ignore
        { handlerTimeoutMs: 5000 },
      );
      await put("c-1");
      const run = worker.runDue();
      await turn();
      await clock.advance(5000);
      await run;
      expect(notices.map(({ type }) => type)).toEqual(["handler_failed"]);
      expect((await inbox.get("c-1"))?.error).toContain("handlerTimeoutMs (5000)");
    }
  });

  it("keeps its claim while a handler works", async () => {
    let end: () => void = () => {};
    const { worker, put, clock, inbox, notices } = setUp(
      { ContactCreate: () => new Promise<void>((resolve) => (end = resolve)) },
      { handlerTimeoutMs: 600_000, leaseMs: 3000 },
    );
    await put("c-1");
    const run = worker.runDue();
    await turn();
    for (let second = 0; second < 20; second += 1) {
      await clock.advance(1000);
      await turn();
    }
    expect(await inbox.claim({ owner: "another", limit: 1, leaseMs: 1000 })).toEqual([]);
    end();
    await run;
    expect(notices.map(({ type }) => type)).toEqual(["handled"]);
  });

  it("does not complete what another worker has taken over", async () => {
    let end: () => void = () => {};
    const { worker, put, clock, inbox, notices } = setUp({ ContactCreate: () => new Promise<void>((resolve) => (end = resolve)) });
    const unresponsive: Inbox<undefined> = { ...inbox, renew: () => new Promise(() => {}) };
    const reported: WebhookNotice[] = [];
    const first = createWebhookWorker({ inbox: unresponsive, handlers: { ContactCreate: () => new Promise<void>((resolve) => (end = resolve)) }, clock, leaseMs: 3000, onEvent: (notice) => reported.push(notice) }); // prettier-ignore
    await put("c-1");
    const run = first.runDue();
    await turn();
    const endFirst = end;
    await clock.advance(3001);
    const second = worker.runDue();
    await turn();
    endFirst();
    await run;
    expect(reported.map(({ type }) => type)).toEqual(["claim_lost"]);
    end();
    await second;
    expect(notices.map(({ type }) => type)).toEqual(["handled"]);
  });

  it("marks a late event as stale, or skips it", async () => {
    for (const stale of ["deliver", "skip"] as const) {
      const seen: boolean[] = [];
      const { worker, put, notices } = setUp({ ContactCreate: (_event, context) => void seen.push(context.stale) }, { stale });
      await put("new", { entity: "contact:c", occurredAt: 200 });
      await worker.runDue();
      await put("old", { entity: "contact:c", occurredAt: 100 });
      await worker.runDue();
      expect(seen).toEqual(stale === "deliver" ? [false, true] : [false]);
      expect(notices[1]).toMatchObject(stale === "deliver" ? { type: "handled", stale: true } : { type: "ignored", why: "stale" });
    }
  });

  it("commits an effect with the event, once", async () => {
    const effects: string[] = [];
    const errors: unknown[] = [];
    const { worker, put, notices } = setUp({
      ContactCreate: async ({ id }, { commit }) => {
        await commit(() => void effects.push(id));
        await commit(() => void effects.push("again")).catch((error: unknown) => errors.push(error));
        throw new Error("too late to matter");
      },
    });
    await put("c-1");
    await worker.runDue();
    expect([effects, errors.length, notices.map(({ type }) => type)]).toEqual([["c-1"], 1, ["handled"]]);
  });

  it("tries to complete until the store takes it", async () => {
    const { put, inbox, clock, notices } = setUp({});
    let down = 3;
    const flaky: Inbox<undefined> = {
      ...inbox,
      complete: (...args) => ((down -= 1) >= 0 ? Promise.reject(new Error("down")) : inbox.complete(...args)),
    };
    let calls = 0;
    const onEvent = (notice: WebhookNotice): void => void notices.push(notice);
    const worker = createWebhookWorker({ inbox: flaky, handlers: { ContactCreate: () => void (calls += 1) }, clock, onEvent });
    await put("c-1");
    const run = worker.runDue();
    for (let at = 0; at < 5; at += 1) {
      await turn();
      await clock.advance(400);
    }
    await run;
    expect([calls, notices.map(({ type }) => type)]).toEqual([1, ["worker_failed", "worker_recovered", "handled"]]);
  });

  it("works by itself when it is started, up to its concurrency, and drains when it is closed", async () => {
    const ends: (() => void)[] = [];
    const { worker, put, inbox, clock } = setUp(
      { ContactCreate: () => new Promise<void>((resolve) => void ends.push(resolve)) },
      { concurrency: 2 },
    );
    worker.start();
    for (const id of ["a", "b", "c"]) await put(id);
    await turn();
    expect(ends.length).toBe(2);
    ends[0]?.();
    await turn();
    expect(ends.length).toBe(3);
    await put("d");
    const closed = worker.close();
    ends[1]?.();
    ends[2]?.();
    await closed;
    await clock.advance(10_000);
    await turn();
    expect([ends.length, (await inbox.backlog()).waiting]).toEqual([3, 1]);
  });

  it("buries an event whose handling never comes to an end, as when the process dies of it", async () => {
    let begun = 0;
    const { worker, put, inbox, notices, clock } = setUp({ ContactCreate: () => void (begun += 1) }, { retry: { maxAttempts: 3 } });
    await put("c-1");
    await put("c-2", { entity: "contact:c-1" });
    for (let death = 0; death < 3; death += 1) {
      await inbox.claim({ owner: "dies", limit: 1, leaseMs: 1000 });
      await clock.advance(1000);
    }
    await worker.runDue();
    expect([begun, notices.map(({ type }) => type)]).toEqual([1, ["dead", "handled"]]);
    expect(await inbox.get("c-1")).toMatchObject({ state: "dead", error: expect.stringContaining("begun 3 times") });
  });

  it("tells a handler that another worker has taken over", async () => {
    let why = "";
    const { inbox, put, clock } = setUp({});
    const reported: WebhookNotice[] = [];
    const slow: Handlers<undefined> = {
      ContactCreate: (_event, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => {
            why = "taken over";
            reject(new Error("stopped"));
          }),
        ),
    };
    // Its renewals come too late.
    const late: Inbox<undefined> = { ...inbox, renew: async (...args) => (clock.now() < start + 5000 ? { held: true } : inbox.renew(...args)) }; // prettier-ignore
    const start = clock.now();
    const worker = createWebhookWorker({ inbox: late, handlers: slow, clock, leaseMs: 3000, onEvent: (notice) => reported.push(notice) });
    await put("c-1");
    const run = worker.runDue();
    await turn();
    await clock.advance(3500);
    expect((await inbox.claim({ owner: "another", limit: 1, leaseMs: 60_000 })).length).toBe(1);
    await clock.advance(2000);
    await run;
    expect([why, reported.map(({ type }) => type)]).toEqual(["taken over", ["claim_lost"]]);
  });

  it("gives back what it was taking when it is closed, instead of handling it afterwards", async () => {
    const { inbox, put, clock } = setUp({});
    const seen: string[] = [];
    let arrive: () => void = () => {};
    const slow: Inbox<undefined> = {
      ...inbox,
      claim: async (options) => {
        await new Promise<void>((resolve) => (arrive = resolve));
        return inbox.claim(options);
      },
    };
    const worker = createWebhookWorker({ inbox: slow, handlers: { "*": ({ id }) => void seen.push(id) }, clock });
    await put("c-1");
    worker.start();
    await turn();
    let isClosed = false;
    const closed = worker.close().then(() => (isClosed = true));
    await turn();
    expect(isClosed).toBe(false);
    arrive();
    await closed;
    await turn();
    expect(seen).toEqual([]);
    const [again] = await inbox.claim({ owner: "next", limit: 1, leaseMs: 1000 });
    expect(again?.delivery.attempts).toBe(1);
  });

  it("does not wait for ever for a store that does not answer", async () => {
    const { inbox, clock } = setUp({});
    const worker = createWebhookWorker({ inbox: { ...inbox, claim: () => new Promise(() => {}) }, handlers: {}, clock });
    worker.start();
    const closed = worker.close(5000);
    await clock.advance(5000);
    await closed;
  });

  it("is not harmed by a listener that throws", async () => {
    const reportError = vi.fn();
    vi.stubGlobal("reportError", reportError);
    const onEvent = (): void => { throw new Error("the log is full"); }; // prettier-ignore
    const { worker, put, inbox } = setUp({ ContactCreate: () => Promise.reject(new Error("no")) }, { onEvent, retry: { maxAttempts: 1 } });
    await put("c-1");
    await worker.runDue();
    expect([(await inbox.get("c-1"))?.state, reportError.mock.calls.length]).toEqual(["dead", 1]);
    vi.unstubAllGlobals();
  });

  it.each(Array.from({ length: 10 }, (_, steps) => steps))("sees at once what arrives %i steps after it found nothing", async (steps) => {
    const { inbox, put, clock } = setUp({});
    const seen: string[] = [];
    let arrives: Promise<unknown> | undefined;
    const arrive = async (): Promise<void> => {
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      await put("c-1");
    };
    const watched: Inbox<undefined> = {
      ...inbox,
      claim: async (options) => {
        const claims = await inbox.claim(options);
        arrives ??= arrive();
        return claims;
      },
    };
    const worker = createWebhookWorker({ inbox: watched, handlers: { "*": ({ id }) => void seen.push(id) }, clock });
    worker.start();
    await turn();
    await arrives;
    await turn();
    expect(seen).toEqual(["c-1"]);
    await worker.close();
  });

  it("sees by polling what another process received", async () => {
    const { put, inbox, clock } = setUp({});
    const seen: string[] = [];
    const unwatched: Inbox<undefined> = { ...inbox, watch: () => () => {} };
    const worker = createWebhookWorker({ inbox: unwatched, handlers: { "*": ({ id }) => void seen.push(id) }, clock, pollMs: 500 });
    worker.start();
    await turn();
    await put("c-1");
    await turn();
    expect(seen).toEqual([]);
    await clock.advance(500);
    await turn();
    expect(seen).toEqual(["c-1"]);
    await worker.close();
  });
});
