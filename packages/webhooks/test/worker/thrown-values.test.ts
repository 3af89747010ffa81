// oxlint-disable unicorn/no-thenable -- hostile thenables are what is tested
import { describe, expect, it, vi } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { createWebhookReceiver, createWebhookWorker, type WebhookNotice } from "../../src/index.ts";

const body = new TextEncoder().encode(JSON.stringify({ type: "ContactCreate" }));
const throws = (): never => {
  throw new Error("from a getter");
};

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable(new Error("x"), {});
  revoke();
  return proxy;
}

/** Values that a handler may throw, or reject with. */
const values: readonly (readonly [string, () => unknown])[] = [
  ["undefined", () => undefined],
  ["null", () => null],
  ["a symbol", () => Symbol("why")],
  ["a bigint", () => 1n],
  ["an object without a prototype", () => Object.create(null) as unknown],
  ["a frozen object", () => Object.freeze({ message: "frozen" })],
  ["a frozen error", () => Object.freeze(new Error("frozen"))],
  ["a revoked proxy", revoked],
  ["a proxy whose every trap throws", () => new Proxy({}, { get: throws, has: throws, getPrototypeOf: throws, ownKeys: throws })],
  ["an object whose toString throws", () => ({ toString: throws })],
  ["an object whose toString gives an object", () => ({ toString: () => ({}), valueOf: () => ({}) })],
  ["an error whose message throws", () => Object.defineProperty(new Error("x"), "message", { get: throws })],
  ["an error whose name is a symbol", () => Object.assign(new Error("x"), { name: Symbol("name") })],
  ["an error whose stack throws", () => Object.defineProperty(new Error("x"), "stack", { get: throws })],
  ["a function", () => throws],
  ["a text with NUL and half a character", () => "a\u0000b\ud800"],
  ["a long text", () => "x".repeat(5_000_000)],
];

const failures: readonly (readonly [string, (value: unknown) => unknown])[] = [
  ["thrown", (value) => { throw value; }], // prettier-ignore
  ["rejected with", (value) => Promise.reject(value)],
  ["given to a thenable's reject", (value) => ({ then: (_resolve: unknown, reject: (error: unknown) => void) => reject(value) })],
  ["thrown by a thenable", (value) => ({ then: () => { throw value; } })], // prettier-ignore
  ["thrown by the getter of a thenable", (value) => Object.defineProperty({}, "then", { get: () => { throw value; } })], // prettier-ignore
];

describe.each(failures)("%s", (_how, fail) => {
  it.each(values)("%s ends as a retry and then as a dead letter", async (_name, make) => {
    const clock = createManualClock();
    const storage = createSqliteStorage({ path: ":memory:", clock });
    const notices: WebhookNotice[] = [];
    const worker = createWebhookWorker({
      inbox: storage.inbox,
      clock,
      handlers: { ContactCreate: () => fail(make()) as Promise<void>, "*": () => {} },
      retry: { maxAttempts: 2, firstMs: 1000 },
      onEvent: (notice) => void notices.push(notice),
    });
    await storage.inbox.insert(sampleDelivery("bad", { type: "ContactCreate", body }));
    await worker.runDue();
    await clock.advance(1200);
    await worker.runDue();
    await storage.inbox.insert(sampleDelivery("good", { type: "NoteCreate", body }));
    await worker.runDue();
    expect(notices.map(({ type }) => type)).toEqual(["handler_failed", "dead", "handled"]);
    const { state, error } = (await storage.inbox.get("bad")) ?? {};
    expect(state).toBe("dead");
    expect([error?.includes("\u0000"), error?.isWellFormed(), (error?.length ?? 0) <= 500]).toEqual([false, true, true]);
    await storage.close();
  });
});

describe.each(values)("%s", (_name, make) => {
  it("thrown by an effect undoes the effect and is tried again", async () => {
    const storage = createSqliteStorage({ path: ":memory:" });
    const notices: WebhookNotice[] = [];
    const worker = createWebhookWorker({
      inbox: storage.inbox,
      handlers: { ContactCreate: (_event, { commit }) => commit(() => { throw make(); }) }, // prettier-ignore
      onEvent: (notice) => void notices.push(notice),
    });
    await storage.inbox.insert(sampleDelivery("bad", { type: "ContactCreate", body }));
    await worker.runDue();
    expect(notices.map(({ type }) => type)).toEqual(["handler_failed"]);
    await storage.close();
  });

  it("thrown by a listener, a filter or a source loses nothing: the delivery is kept or asked for again", async () => {
    const reportError = vi.fn();
    vi.stubGlobal("reportError", reportError);
    const fail = (): never => {
      throw make();
    };
    const inbox = createMemoryInbox();
    const event = { id: "e", type: "ContactCreate", source: "s", entity: "contact:e", resource: { kind: "location", id: "l" }, occurredAt: 1, receivedAt: 1, headers: {}, rawBody: body }; // prettier-ignore
    const source = { name: "s", verify: async () => ({ valid: true, event }) as never };
    const delivery = { body, headers: {} };
    const listened = createWebhookReceiver({ source, inbox, onEvent: fail });
    expect((await listened.receive(delivery)).status).toBe(200);
    const rejecting = createWebhookReceiver({ source, inbox, onEvent: (() => Promise.reject(make())) as never });
    expect((await rejecting.receive(delivery)).status).toBe(200);
    const filtered = createWebhookReceiver({ source, inbox, filter: { resources: fail } });
    expect((await filtered.receive(delivery)).status).toBe(429);
    const judged = createWebhookReceiver({ source: { name: "s", verify: fail }, inbox });
    expect((await judged.receive(delivery)).status).toBe(429);
    const odd = createWebhookReceiver({ source: { name: "s", verify: async () => make() as never }, inbox });
    expect((await odd.receive(delivery)).status).toBeGreaterThanOrEqual(400);
    const failing = createWebhookReceiver({ source, inbox: { ...inbox, insert: fail } });
    expect((await failing.receive(delivery)).status).toBe(429);
    expect(await inbox.get("e")).toMatchObject({ duplicates: 1 });
    expect(reportError.mock.calls.length).toBeGreaterThanOrEqual(2);
    vi.unstubAllGlobals();
  });
});
