import { sleep } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage, type InboxDelivery, type Stores } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { describe, expect, it } from "vitest";
import { createHealth, createHealthRoute, type HealthOptions } from "../../src/health.ts";
import { createGhl } from "../../src/index.ts";

const start = 1_700_000_000_000;
const dayMs = 86_400_000;

function setUp(options: (storage: Stores) => HealthOptions = (storage) => ({ storage })) {
  const clock = createManualClock(start);
  const storage = createMemoryStorage({ clock });
  return { clock, storage, health: createHealth({ clock, ...options(storage) }) };
}

const delivery = (id: string, receivedAt = start): InboxDelivery => ({
  id,
  hash: id,
  source: "marketplace",
  type: "ContactCreate",
  entity: `contact:${id}`,
  occurredAt: receivedAt,
  receivedAt,
  headers: {},
  body: new TextEncoder().encode("{}"),
  synthetic: false,
});

describe("createHealth", () => {
  it("is ok where nothing waits, and looks at what it was given alone", async () => {
    const { health } = setUp();
    const report = await health();
    expect(report.status).toBe("ok");
    expect(Object.keys(report.checks).toSorted()).toEqual(["accounts", "deadLetters", "inbox", "storage", "webhooks"]);
    expect(Object.values(report.checks).filter(({ action }) => action !== undefined)).toEqual([]);
    expect(await createHealth({})()).toMatchObject({ status: "ok", checks: {} });
  });

  it("is degraded while a delivery waits for too long, and ok when it is handled", async () => {
    const { clock, storage, health } = setUp();
    await storage.inbox.insert(delivery("a"));
    expect((await health()).checks.inbox).toMatchObject({ status: "ok", values: { waiting: 1 } });
    await clock.advance(300_001);
    const { status, checks } = await health();
    expect(status).toBe("degraded");
    expect(checks.inbox).toMatchObject({ message: "1 delivery waits, the oldest for 5 min.", values: { oldestWaitingMs: 300_001 } });
    expect(checks.inbox?.action).toContain("worker");
    const [claimed] = await storage.inbox.claim({ owner: "w", limit: 1, leaseMs: 1000 });
    if (claimed === undefined) throw new Error("nothing was claimed");
    await storage.inbox.complete(claimed, "done");
    await clock.advance(5_000);
    expect((await health()).status).toBe("ok");
  });

  it("names dead deliveries until they are replayed", async () => {
    const { clock, storage, health } = setUp();
    await storage.inbox.insert(delivery("a"));
    const [claimed] = await storage.inbox.claim({ owner: "w", limit: 1, leaseMs: 1000 });
    if (claimed === undefined) throw new Error("nothing was claimed");
    await storage.inbox.fail(claimed, { error: "it broke" });
    expect((await health()).checks.deadLetters).toMatchObject({ status: "degraded", values: { dead: 1 } });
    await storage.inbox.replay({ state: "dead" });
    await clock.advance(5_000);
    expect((await health()).checks.deadLetters).toMatchObject({ status: "ok", values: { dead: 0 } });
  });

  it("names a time without a receiver until it is repaired, and silence only where it was given a limit", async () => {
    const { clock, storage, health } = setUp((stores) => ({ storage: stores, thresholds: { quietMs: 3_600_000 } }));
    await storage.inbox.beat({ gapAfterMs: 60_000 });
    await storage.inbox.insert(delivery("a"));
    await clock.advance(3 * 3_600_000);
    await storage.inbox.beat({ gapAfterMs: 60_000 });
    expect((await health()).checks.webhooks).toMatchObject({ status: "degraded", values: { gaps: 1, gapMs: 3 * 3_600_000 } });
    const [gap] = await storage.inbox.gaps();
    await storage.inbox.closeGap(gap?.id ?? 0);
    await clock.advance(5_000);
    expect((await health()).checks.webhooks).toMatchObject({ status: "degraded", message: "No delivery has arrived for 3 h." });
    expect((await createHealth({ storage, clock })()).checks.webhooks).toMatchObject({ status: "ok", values: { gaps: 0 } });
  });

  it("is failing while the storage takes no writes, without the text of its error", async () => {
    const storage = createSqliteStorage({ path: ":memory:" });
    const health = createHealth({ storage, maxAgeMs: 0 });
    expect((await health()).checks.storage).toMatchObject({ status: "ok", values: { answeredInMs: expect.any(Number) } });
    await storage.close();
    const report = await health();
    expect(report.status).toBe("failing");
    expect(report.checks.storage).toMatchObject({ status: "failing", message: "It could not be read: storage, closed." });
    expect(report.checks.inbox).toMatchObject({ status: "failing" });
    expect(report.checks.inbox?.values).toBeUndefined();
  });

  it("is failing when a store does not answer, and waits no longer than that", async () => {
    const { clock, storage } = setUp();
    const never = new Promise<never>(() => {});
    const health = createHealth({ storage: { ...storage, inbox: { ...storage.inbox, backlog: () => never } }, clock, timeoutMs: 2_000 });
    const report = health();
    await clock.advance(2_000);
    expect((await report).checks.inbox).toMatchObject({ status: "failing", message: "No answer within 2000 ms." });
    expect((await report).checks.webhooks).toMatchObject({ status: "ok" });
  });

  it("is not failing because thousands of accounts take longer to read, and shows them when they are read", async () => {
    const { clock, storage } = setUp();
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    async function* slow(): ReturnType<Stores["tokens"]["list"]> {
      await released;
      yield* storage.tokens.list();
    }
    const health = createHealth({ storage: { ...storage, tokens: { ...storage.tokens, list: slow } }, clock, timeoutMs: 2_000 });
    const report = health();
    await clock.advance(2_000);
    expect((await report).status).toBe("degraded");
    expect((await report).checks.accounts).toMatchObject({ message: "They could not all be read within 2000 ms." });
    release();
    await clock.advance(5_000);
    expect((await health()).checks.accounts).toMatchObject({ status: "ok", values: { pairs: 0 } });
  });

  it("shows accounts that take longer to read than their result is used again, and counts its age from when they were read", async () => {
    const { clock, storage } = setUp();
    let lists = 0;
    async function* slow(): ReturnType<Stores["tokens"]["list"]> {
      lists += 1;
      await sleep(70_000, undefined, clock);
      yield* storage.tokens.list();
    }
    const health = createHealth({ storage: { ...storage, tokens: { ...storage.tokens, list: slow } }, clock, timeoutMs: 2_000 });
    const looked = async () => {
      const report = health();
      await clock.advance(2_000);
      return (await report).checks.accounts;
    };
    expect(await looked()).toMatchObject({ status: "degraded" });
    await clock.advance(63_000);
    expect(await looked()).toMatchObject({ status: "degraded" });
    await clock.advance(8_000);
    expect(await looked()).toMatchObject({ status: "ok", values: { pairs: 0 } });
    await clock.advance(50_000);
    expect(await looked()).toMatchObject({ status: "ok" });
    expect(lists).toBe(1);
  });

  it("does not begin a check again beside one that goes on after its time, and does when that has ended", async () => {
    const { clock, storage } = setUp();
    let looks = 0;
    const waiting: (() => void)[] = [];
    const backlog = async (): ReturnType<Stores["inbox"]["backlog"]> => {
      looks += 1;
      if (looks === 1) await new Promise<void>((resolve) => waiting.push(resolve));
      return storage.inbox.backlog();
    };
    const health = createHealth({
      storage: { ...storage, inbox: { ...storage.inbox, backlog } },
      clock,
      timeoutMs: 2_000,
      maxAgeMs: 1_000,
    });
    for (let look = 0; look < 5; look += 1) {
      const report = health();
      await clock.advance(2_000);
      expect((await report).checks.inbox).toMatchObject({ status: "failing" });
      await clock.advance(1_000);
    }
    expect(looks).toBe(1);
    for (const release of waiting) release();
    await clock.advance(1_000);
    expect((await health()).checks.inbox).toMatchObject({ status: "ok" });
    expect(looks).toBe(2);
  });

  it("begins a check that never ends again after ten times its time, one at a time, and is ok once the database answers", async () => {
    const { clock, storage } = setUp();
    let looks = 0;
    let isWell = false;
    const backlog = (): ReturnType<Stores["inbox"]["backlog"]> => {
      looks += 1;
      return isWell ? storage.inbox.backlog() : new Promise<never>(() => {});
    };
    const health = createHealth({ storage: { ...storage, inbox: { ...storage.inbox, backlog } }, clock, timeoutMs: 2_000, maxAgeMs: 0 });
    const look = async (): Promise<string | undefined> => {
      const report = health();
      await clock.advance(2_000);
      return (await report).checks.inbox?.status;
    };
    for (let round = 0; round < 10; round += 1) expect(await look()).toBe("failing");
    expect(looks).toBe(1);
    for (let round = 0; round < 10; round += 1) expect(await look()).toBe("failing");
    expect(looks).toBe(2);
    isWell = true;
    expect(await look()).toBe("ok");
  });

  it("shows accounts that were read after another reading was begun beside theirs", async () => {
    const { clock, storage } = setUp();
    const waiting: (() => void)[] = [];
    async function* slow(): ReturnType<Stores["tokens"]["list"]> {
      await new Promise<void>((resolve) => waiting.push(resolve));
      yield* storage.tokens.list();
    }
    const health = createHealth({ storage: { ...storage, tokens: { ...storage.tokens, list: slow } }, clock, timeoutMs: 2_000 });
    const look = async (): Promise<string | undefined> => {
      const report = health();
      await clock.advance(2_000);
      return (await report).checks.accounts?.status;
    };
    expect(await look()).toBe("degraded");
    await clock.advance(590_000);
    expect(await look()).toBe("degraded");
    expect(waiting).toHaveLength(1);
    await clock.advance(10_000);
    expect(await look()).toBe("degraded");
    expect(waiting).toHaveLength(2);
    waiting[0]?.();
    await clock.advance(5_000);
    expect(await look()).toBe("ok");
    expect(waiting).toHaveLength(2);
  });

  it("looks once for all who ask within five seconds", async () => {
    let looks = 0;
    const { clock, storage } = setUp();
    const backlog = (): ReturnType<Stores["inbox"]["backlog"]> => {
      looks += 1;
      return storage.inbox.backlog();
    };
    const health = createHealth({ storage: { ...storage, inbox: { ...storage.inbox, backlog } }, clock });
    await Promise.all(Array.from({ length: 100 }, health));
    await clock.advance(4_999);
    await health();
    expect(looks).toBe(1);
    await clock.advance(1);
    await health();
    expect(looks).toBe(2);
  });

  it("knows the age of private tokens", async () => {
    const privateTokens = [
      { name: "crm", createdAt: new Date(start - 10 * dayMs) },
      { name: "billing", createdAt: new Date(start - 91 * dayMs) },
    ];
    const { health } = setUp(() => ({ privateTokens }));
    expect((await health()).checks.privateTokens).toMatchObject({
      status: "degraded",
      message: "The oldest of 2 private tokens is 91 days old.",
      values: { tokens: 2, oldestMs: 91 * dayMs, rotationDue: 1 },
    });
    expect(await setUp(() => ({ privateTokens: privateTokens.slice(0, 1) })).health()).toMatchObject({ status: "ok" });
  });

  it("knows what is left of the day", async () => {
    const emulator = createEmulator({ dailyLimit: 50 });
    const { tokens, locationId } = emulator.seed;
    const ghl = createGhl({
      token: tokens.location,
      location: locationId,
      baseUrl: "http://127.0.0.1",
      fetch: (url, init) => emulator.fetch(new Request(url, init)),
    });
    const health = createHealth({ ghl, dailyLimit: 50, maxAgeMs: 0 });
    await ghl.location(locationId).locations.get();
    expect((await health()).checks.quota).toMatchObject({ status: "ok", values: { dailyLeft: 49, waiting: 0 } });
    for (let call = 0; call < 46; call += 1) await ghl.location(locationId).locations.get();
    expect((await health()).checks.quota).toMatchObject({ status: "degraded", values: { dailyLeft: 3, dailyLeftRatio: 0.06 } });
  });

  it("knows of a copy what is behind, held and failing", async () => {
    const kind = { phase: "live" as const, lagMs: 5_000 };
    const of = async (...kinds: Awaited<ReturnType<NonNullable<HealthOptions["sync"]>["health"]>>) =>
      (await createHealth({ sync: { health: async () => kinds } })()).checks.sync;
    expect(await of(kind, { phase: "backfill", lagMs: undefined })).toMatchObject({
      status: "ok",
      message: "The copy is at most 5 s behind.",
      values: { lagMs: 5_000, backfilling: 1 },
    });
    expect(await of({ ...kind, lagMs: 3_600_001 })).toMatchObject({ status: "degraded", message: "The copy is 60 min behind." });
    const dead = await of({ ...kind, lagMs: 7_200_000, lagCause: "dead_letter" });
    expect(dead).toMatchObject({ status: "degraded", message: "The copy is 2 h behind: a webhook was given up." });
    expect(dead?.action).toMatch(/ghlkit webhooks replay --dead.*sync\.reconcile\(\)/);
    expect(dead?.action).not.toContain("sync.start()");
    const both = await of({ ...kind, lagMs: 7_200_000, lagCause: "waiting" }, { ...kind, lagMs: 3_700_000, lagCause: "dead_letter" });
    expect(both?.message).toBe("The copy is 2 h behind.");
    expect(both?.action).toMatch(/replay --dead.*sync\.start\(\)/);
    expect((await of({ ...kind, lagMs: 7_200_000, lagCause: "waiting" }))?.action).not.toContain("replay");
    expect(await of({ ...kind, problem: {} })).toMatchObject({ status: "degraded", values: { problems: 1 } });
    expect(await of({ phase: "held", lagMs: 0, held: { missing: 120 } })).toMatchObject({
      status: "degraded",
      message: "120 deletions are held: so many records are gone at once.",
    });
    const failing = await createHealth({ sync: { health: () => Promise.reject(new Error("password=hidden")) } })();
    expect(failing.checks.sync).toMatchObject({ status: "failing", message: "It could not be read: unexpected." });
  });
});

describe("createHealthRoute", () => {
  it("answers 200 or 503 with the report, and 405 to writes", async () => {
    const storage = createSqliteStorage({ path: ":memory:" });
    const route = createHealthRoute(createHealth({ storage, maxAgeMs: 0 }));
    const request = (method: string) => new Request("https://app.example/health", { method });
    const answer = await route(request("GET"));
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
      200,
      "application/json",
      "no-store",
    ]);
    expect(await answer.json()).toMatchObject({ status: "ok", checks: { storage: { status: "ok" } } });
    await storage.close();
    expect((await route(request("GET"))).status).toBe(503);
    const head = await route(request("HEAD"));
    expect([head.status, await head.text()]).toEqual([503, ""]);
    expect((await route(request("POST"))).status).toBe(405);
  });
});
