import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { createWebhookWorker, type Handler, type KnownEvent, type WebhookNotice, type WorkerOptions } from "../../src/index.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const body = new TextEncoder().encode(JSON.stringify({ type: "ContactCreate" }));

type End = (error?: Error) => void;

/** Handlers that pay no heed to their signal, and the most that ran at the same time of one entity. */
function createHandlers() {
  const running: { readonly id: string; readonly entity: string; readonly end: End }[] = [];
  const begun: string[] = [];
  let most = 0;
  const handler: Handler<KnownEvent<"ContactCreate">, unknown> = ({ id, entity }) =>
    new Promise((resolve, reject) => {
      begun.push(id);
      const own = {
        id,
        entity,
        end: (error?: Error) => {
          running.splice(running.indexOf(own), 1);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      running.push(own);
      most = Math.max(most, running.filter((one) => one.entity === entity).length);
    });
  const end = (id: string, error?: Error): void => running.find((one) => one.id === id)?.end(error);
  return { handler, begun, end, mostOfOneEntity: () => most };
}

function setUp(options: WorkerOptions = {}, inbox?: Inbox) {
  const clock = createManualClock();
  const kept = inbox ?? createMemoryInbox({ clock });
  const handlers = createHandlers();
  const notices: WebhookNotice[] = [];
  const onEvent = (notice: WebhookNotice): void => void notices.push(notice);
  const worker = createWebhookWorker({ inbox: kept, handlers: { ContactCreate: handlers.handler }, clock, onEvent, handlerTimeoutMs: 5000, leaseMs: 3000, ...options }); // prettier-ignore
  const put = (id: string, entity = `contact:${id}`): Promise<string> =>
    kept.insert(sampleDelivery(id, { type: "ContactCreate", entity, body }));
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 500) {
      await clock.advance(500);
      await turn();
    }
  };
  const types = (): string[] => notices.map(({ type }) => type);
  return { clock, inbox: kept, worker, put, pass, notices, types, ...handlers };
}

describe("a handler that goes on after its time", () => {
  it("keeps its entity: no second copy, and the next event waits until it has ended", async () => {
    const { worker, put, pass, types, begun, end, inbox, mostOfOneEntity } = setUp();
    worker.start();
    await put("first", "contact:a");
    await put("second", "contact:a");
    await put("other", "contact:b");
    await turn();
    end("other");
    await pass(60_000);
    expect(begun).toEqual(["first", "other"]);
    expect(types().filter((type) => type === "handler_overdue").length).toBe(12);
    end("first");
    await pass(500);
    expect([begun, mostOfOneEntity(), (await inbox.get("first"))?.state]).toEqual([["first", "other", "second"], 1, "done"]);
    end("second");
    await worker.close();
    expect((await inbox.get("second"))?.state).toBe("done");
  });

  it("says which event it is and for how long it has been running", async () => {
    const { worker, put, pass, notices } = setUp();
    await put("a");
    worker.start();
    await turn();
    await pass(10_000);
    const about = { type: "handler_overdue", id: "a", event: "ContactCreate", entity: "contact:a", attempt: 1 };
    expect(notices).toEqual([
      { ...about, runningMs: 5000 },
      { ...about, runningMs: 10_000 },
    ]);
  });

  it("is tried again when it fails in the end", async () => {
    const { worker, put, pass, end, inbox, begun, types } = setUp({ retry: { firstMs: 1000 } });
    await put("a");
    worker.start();
    await turn();
    await pass(20_000);
    end("a", new Error("no connection"));
    await turn();
    expect([(await inbox.get("a"))?.error, types().at(-1)]).toEqual([expect.stringContaining("took longer"), "handler_failed"]);
    await pass(2000);
    expect(begun).toEqual(["a", "a"]);
  });

  it("has the lane across processes: a worker of another process does not begin", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ghlkit-overdue-"));
    const clock = createManualClock();
    const open = () => createSqliteStorage({ path: join(folder, "inbox.db"), clock });
    const [here, there] = [open(), open()];
    const handlers = createHandlers();
    const workers = [here, there].map(({ inbox }) => createWebhookWorker({ inbox, handlers: { ContactCreate: handlers.handler }, clock, handlerTimeoutMs: 5000, leaseMs: 3000 })); // prettier-ignore
    await here.inbox.insert(sampleDelivery("first", { type: "ContactCreate", entity: "contact:a", body }));
    await here.inbox.insert(sampleDelivery("second", { type: "ContactCreate", entity: "contact:a", body }));
    workers[0]?.start();
    while (handlers.begun.length === 0) await turn();
    workers[1]?.start();
    const closed = workers[0]?.close(20_000);
    for (let second = 0; second < 60; second += 1) {
      await clock.advance(1000);
      for (let at = 0; at < 5; at += 1) await turn();
    }
    await closed;
    expect(handlers.begun).toEqual(["first"]);
    handlers.end("first");
    while (handlers.begun.length === 1) {
      await clock.advance(500);
      await turn();
    }
    expect([handlers.begun, handlers.mostOfOneEntity()]).toEqual([["first", "second"], 1]);
    handlers.end("second");
    await workers[1]?.close();
    await Promise.all([here.close(), there.close()]);
    await rm(folder, { recursive: true, force: true });
  }, 300_000);

  it("gives its slot to other entities, up to twice the concurrency; then the worker says that it is blocked", async () => {
    const { worker, put, pass, begun, end, notices, types } = setUp({ concurrency: 2 });
    for (const id of ["a", "b", "c", "d", "e"]) await put(id);
    worker.start();
    await turn();
    expect(begun.length).toBe(2);
    await pass(5000);
    expect(begun.length).toBe(4);
    await pass(60_000);
    expect([begun.length, notices.filter(({ type }) => type === "worker_blocked")]).toEqual([4, [{ type: "worker_blocked", overdue: 4 }]]);
    end(String(begun[0]));
    await pass(500);
    expect([begun.length, types().includes("worker_unblocked")]).toEqual([5, true]);
  });

  it("is waited for by close as long as close may take, and is reported then; its lane stays held", async () => {
    const { worker, put, pass, notices, inbox } = setUp();
    await put("a");
    worker.start();
    await turn();
    let isClosed = false;
    const closed = worker.close(20_000).then(() => (isClosed = true));
    await pass(19_500);
    expect(isClosed).toBe(false);
    await pass(500);
    await closed;
    expect(notices).toContainEqual({ type: "close_gave_up", overdue: 1 });
    await pass(30_000);
    expect(await inbox.claim({ owner: "another", limit: 1, leaseMs: 1000 })).toEqual([]);
  });

  it("does not hold up runDue, which handles the rest", async () => {
    const { worker, put, pass, end, begun } = setUp({ concurrency: 1 });
    await put("a");
    await put("b");
    const run = worker.runDue();
    await turn();
    await pass(5000);
    end("b");
    expect([await run, begun]).toEqual([{ handled: 1, overdue: 1 }, ["a", "b"]]);
    end("a");
  });

  it("has no second copy beside it in the same worker, even when its lease was lost", async () => {
    const clock = createManualClock();
    const inbox = createMemoryInbox({ clock });
    const { worker, put, pass, begun, end, mostOfOneEntity } = setUp({}, { ...inbox, renew: () => Promise.reject(new Error("cut off")) });
    const late = async (): Promise<void> => clock.advance(3000);
    await put("first", "contact:a");
    await put("second", "contact:a");
    worker.start();
    await turn();
    for (let round = 0; round < 5; round += 1) {
      await late();
      await pass(3000);
    }
    expect([begun, mostOfOneEntity()]).toEqual([["first"], 1]);
    end("first");
    await pass(1000);
    expect([begun[1], (await inbox.get("first"))?.attempts]).toEqual(["first", 2]);
  });
});

describe("options that are wrong", () => {
  it.each([
    { concurrency: 0 },
    { concurrency: Number.NaN },
    { concurrency: 1.5 },
    { handlerTimeoutMs: -1 },
    { handlerTimeoutMs: Number.NaN },
    { leaseMs: 0 },
    { pollMs: 0 },
    { retry: { maxAttempts: 0 } },
    { retry: { firstMs: Number.NaN } },
    { handlerTimeoutMs: "5" as unknown as number },
  ])("%o is refused", (options) => {
    expect(() => setUp(options)).toThrow(/must be a (whole )?number, \d+ or more/);
  });
});
