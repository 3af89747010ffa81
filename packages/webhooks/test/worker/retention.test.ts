import { describe, expect, it, vi } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { createWebhookWorker, type Retention, type WebhookNotice } from "../../src/index.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse("2026-06-01T00:00:00Z");

function setUp(retention?: Retention, change: (inbox: Inbox<undefined>) => Partial<Inbox<undefined>> = () => ({})) {
  const clock = createManualClock(start);
  const notices: WebhookNotice[] = [];
  const inbox = createMemoryInbox({ clock });
  const worker = createWebhookWorker({
    inbox: { ...inbox, ...change(inbox) },
    clock,
    // What arrives is seen at once; months of looks each half second would take their time.
    pollMs: day,
    handlers: { ContactUpdate: () => {} },
    onEvent: (notice) => void (notice.type.startsWith("prune") && notices.push(notice)),
    ...(retention === undefined ? {} : { retention }),
  });
  const put = (id: string): Promise<string> =>
    inbox.insert(sampleDelivery(id, { receivedAt: clock.now(), body: new TextEncoder().encode('{"type":"ContactUpdate"}') }));
  const kept = async (id: string): Promise<string> => {
    const delivery = await inbox.get(id);
    return delivery === undefined ? "nothing" : delivery.body.length > 0 ? "all" : "id";
  };
  return { clock, notices, inbox, worker, put, kept };
}

describe("a worker that runs", () => {
  it("lets bodies go after 7 days and ids after 31, and says how many", async () => {
    const { clock, notices, worker, put, kept } = setUp();
    worker.start();
    await put("d-1");
    await put("d-2");
    const seen: string[] = [];
    for (const days of [6, 2, 22, 2]) {
      await clock.advance(days * day);
      seen.push(await kept("d-1"));
    }
    expect(seen).toEqual(["all", "id", "id", "nothing"]);
    expect(notices).toEqual([
      { type: "pruned", bodies: 2, ids: 0 },
      { type: "pruned", bodies: 0, ids: 2 },
    ]);
    await worker.close();
  });

  it("knows a manual resend of the 30th day, whose body is long gone", async () => {
    const { clock, inbox, worker, put } = setUp();
    worker.start();
    await put("d-1");
    await clock.advance(30 * day + hour);
    expect(await put("d-1")).toBe("duplicate");
    expect((await inbox.get("d-1"))?.body.length).toBe(0);
    await worker.close();
  });

  it("keeps what waits and what is dead, however old", async () => {
    const { clock, inbox, worker, put, kept } = setUp();
    await put("dead");
    const [claimed] = await inbox.claim({ owner: "test", limit: 1, leaseMs: 1000 });
    if (claimed === undefined) throw new Error("nothing was claimed");
    await inbox.fail(claimed, { error: "never" });
    await put("waiting");
    await inbox.claim({ owner: "test", limit: 1, leaseMs: 100 * day });
    worker.start();
    await clock.advance(60 * day);
    expect([await kept("dead"), await kept("waiting")]).toEqual(["all", "all"]);
    await worker.close();
  });

  it("begins no timer before it is started, and leaves none behind", async () => {
    const { clock, worker } = setUp();
    expect(clock.pending()).toBe(0);
    worker.start();
    expect(clock.pending()).toBeGreaterThan(0);
    await worker.close();
    expect(clock.pending()).toBe(0);
  });

  it("takes a bounded lot at a time, and the rest soon after", async () => {
    const lots = [10_000, 10_000, 7];
    const runs: (readonly [number, number | undefined])[] = [];
    const { clock, worker } = setUp({}, () => ({
      prune: async ({ atMost }) => {
        runs.push([clock.now() - start, atMost]);
        return { bodies: lots.shift() ?? 0, ids: 0 };
      },
    }));
    worker.start();
    await clock.advance(2 * hour);
    expect(runs).toEqual([minute, minute + 1000, minute + 2000, minute + 2000 + hour].map((at) => [at, 10_000]));
    await worker.close();
  });

  it("tells once that it cannot, goes on handling, and tells once that it can again", async () => {
    let isDown = true;
    const { clock, notices, inbox, worker, put } = setUp({}, (its) => ({
      prune: (limits) => (isDown ? Promise.reject(new Error("down")) : its.prune(limits)),
    }));
    worker.start();
    await clock.advance(3 * hour);
    await put("d-1");
    await clock.advance(1000);
    expect((await inbox.get("d-1"))?.state).toBe("done");
    isDown = false;
    await clock.advance(3 * hour);
    expect(notices.map(({ type }) => type)).toEqual(["prune_failed", "prune_recovered"]);
    await worker.close();
  });

  it("waits when it is closed for the run under way", async () => {
    let end: () => void = () => {};
    const { clock, worker } = setUp({}, () => ({ prune: () => new Promise((resolve) => (end = () => resolve({ bodies: 0, ids: 0 }))) }));
    worker.start();
    await clock.advance(minute);
    let isClosed = false;
    const closed = worker.close().then(() => (isClosed = true));
    await clock.advance(1000);
    expect(isClosed).toBe(false);
    end();
    await closed;
  });
});

it("runDue does it as well, at most once an hour", async () => {
  const { clock, worker, put, kept, notices } = setUp({ bodiesMs: 0 });
  await put("d-1");
  await worker.runDue();
  await clock.advance(minute);
  await worker.runDue();
  expect(await kept("d-1")).toBe("all");
  await clock.advance(hour);
  await worker.runDue();
  expect([await kept("d-1"), notices]).toEqual(["id", [{ type: "pruned", bodies: 1, ids: 0 }]]);
});

it("Infinity keeps everything", async () => {
  const { clock, worker, put, kept } = setUp({ bodiesMs: Number.POSITIVE_INFINITY, idsMs: Number.POSITIVE_INFINITY });
  worker.start();
  await put("d-1");
  await clock.advance(400 * day);
  expect(await kept("d-1")).toBe("all");
  await worker.close();
});

it("warns of ids that are forgotten while the platform can still send them again, and refuses what is no time", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  setUp();
  setUp({ idsMs: 31 * day });
  expect(warn).not.toHaveBeenCalled();
  setUp({ idsMs: 30 * day });
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
  for (const wrong of [{ bodiesMs: -1 }, { idsMs: Number.NaN }]) expect(() => setUp(wrong)).toThrow("retention");
});
