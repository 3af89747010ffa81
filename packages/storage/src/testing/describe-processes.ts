import type { Stores } from "../stores.ts";
import { describeRateProcesses } from "./describe-rate-processes.ts";
import type { ProcessesUnderTest, StoreProcess } from "./processes-under-test.ts";
import { pair, place } from "./samples.ts";
import { collect } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

const ttlMs = 30_000;
const [lease, first] = ["refresh", place("loc-1")];

/** What an engine must hold when several processes share it, one of them is killed, or its clock is wrong. */
export function describeProcesses(factory: () => Promise<ProcessesUnderTest>, { describe, it, expect }: SuiteRunner): void {
  const test = (name: string, body: (subject: ProcessesUnderTest) => Promise<void>): void =>
    it(name, async () => {
      const subject = await factory();
      try {
        await body(subject);
      } finally {
        await subject.close();
      }
    });

  describe("several processes", () => {
    describeRateProcesses(test, expect);

    test("lose no update", async ({ start }) => {
      const processes = await Promise.all([start(), start(), start(), start()]);
      await processes[0]?.stores.tokens.put(pair("1", { extra: { count: 0 } }), { expectedVersion: 0 });
      await Promise.all(processes.map(({ stores }) => increment(stores, 10)));
      expect((await processes[3]?.stores.tokens.get(first))?.extra).toEqual({ count: 40 });
    });

    test("use a nonce once, and let one of them write first", async ({ start }) => {
      const processes = await Promise.all([start(), start(), start()]);
      const many = [...processes, ...processes, ...processes];
      for (let round = 0; round < 5; round += 1) {
        await processes[0]?.stores.states.remember(`n-${round}`, { ttlMs });
        const used = await Promise.all(many.map(({ stores }) => stores.states.consume(`n-${round}`)));
        expect(used.filter(({ valid }) => valid).length).toBe(1);
        const record = pair(`${round}`, { principal: place(`loc-${round}`) });
        const written = await Promise.all(many.map(({ stores }) => stores.tokens.put(record, { expectedVersion: 0 })));
        expect(written.filter(({ stored }) => stored).length).toBe(1);
      }
    });

    test("hold a lease one at a time, with growing fences", async ({ start }) => {
      const processes = await Promise.all([start(), start(), start(), start()]);
      const fences: number[] = [];
      let inside = 0;
      const work = async ({ stores }: StoreProcess, owner: number): Promise<void> => {
        for (let done = 0; done < 5;) {
          const result = await stores.leases.acquire(lease, { ttlMs, owner: `process-${owner}` });
          if (!result.held) continue;
          expect((inside += 1)).toBe(1);
          fences.push(result.fence);
          await stores.tokens.get(first);
          inside -= 1;
          await stores.leases.release(lease, { fence: result.fence });
          done += 1;
        }
      };
      await Promise.all(processes.map(work));
      expect(fences.length).toBe(20);
      expect(fences).toEqual([...new Set(fences)].toSorted((a, b) => a - b));
    });

    test("survive a lease holder that is killed: the next one sees its intent and a higher fence", async ({
      start,
      advance,
      leaseGraceMs = 0,
    }) => {
      const [dead, next] = await Promise.all([start(), start()]);
      const put = await dead.stores.tokens.put(pair("1"), { expectedVersion: 0 });
      const held = await dead.stores.leases.acquire(lease, { ttlMs, owner: "dead" });
      const intent = { refreshTokenFingerprint: "f-1", owner: "dead", attempt: 1 };
      await dead.stores.tokens.recordIntent(first, intent, { expectedVersion: put.stored ? put.version : 0 });
      await dead.kill();
      expect((await next.stores.leases.acquire(lease, { ttlMs, owner: "next" })).held).toBe(false);
      await advance(ttlMs + leaseGraceMs);
      const taken = await next.stores.leases.acquire(lease, { ttlMs, owner: "next" });
      expect(taken.held && held.held && taken.fence > held.fence).toBe(true);
      const seen = await next.stores.tokens.get(first);
      expect([seen?.intent?.owner, seen?.accessToken]).toEqual(["dead", "access-1"]);
    });

    test("keep every write that was acknowledged when one is killed while it writes", async ({ start }) => {
      const watcher = await start();
      for (let round = 0; round < 4; round += 1) {
        const victim = await start();
        const principal = place(`kill-${round}`);
        const acknowledged = await writeUntilDead(victim, principal.resource, 3 + round * 7);
        let read = await watcher.stores.tokens.get(principal);
        const write = () => watcher.stores.tokens.put(pair("after", { principal }), { expectedVersion: read?.version ?? 0 });
        let after = await write();
        // A database server may carry out the last write after its client has died: it is there a moment later.
        if (!after.stored) {
          read = await watcher.stores.tokens.get(principal);
          after = await write();
        }
        const count = Number(read?.extra["count"]);
        // The one under way when it died is there in full or not at all.
        expect(count === acknowledged || count === acknowledged + 1).toBe(true);
        expect(read?.accessToken).toBe(`access-${count}`);
        expect(after.stored).toBe(true);
      }
      expect((await collect(watcher.stores.tokens.list())).length).toBe(4);
    });

    for (const offset of [2000, -2000]) {
      test(`do not take a lease too early when the clock of one is off by ${offset} ms`, async ({ start, advance, leaseGraceMs = 0 }) => {
        const [straight, skewed] = await Promise.all([start(), start(offset)]);
        for (const [holder, other] of [[straight, skewed] as const, [skewed, straight] as const]) {
          const held = await holder.stores.leases.acquire(lease, { ttlMs, owner: "holder" });
          expect(held.held).toBe(true);
          // Less than the skew, and more than a busy machine takes for the next calls.
          await advance(ttlMs - (leaseGraceMs === 0 ? 1800 : 100));
          expect((await other.stores.leases.acquire(lease, { ttlMs, owner: "other" })).held).toBe(false);
          // The holder still may renew: it was not taken.
          const fence = held.held ? held.fence : 0;
          expect((await holder.stores.leases.renew(lease, { ttlMs, fence })).held).toBe(true);
          await advance(ttlMs + 2 * leaseGraceMs);
          const taken = await other.stores.leases.acquire(lease, { ttlMs, owner: "other" });
          expect(taken.held && taken.fence > fence).toBe(true);
          await other.stores.leases.release(lease, { fence: taken.held ? taken.fence : 0 });
        }
      });
    }
  });
}

async function increment({ tokens }: Stores, times: number): Promise<void> {
  for (let done = 0; done < times;) {
    const read = await tokens.get(first);
    if (read === undefined) throw new Error("The record is gone.");
    const next = { ...read, extra: { count: Number(read.extra["count"]) + 1 } };
    if ((await tokens.put(next, { expectedVersion: read.version })).stored) done += 1;
  }
}

/** Writes one record after the other and kills the process after some of them. Returns how many writes were acknowledged. */
async function writeUntilDead({ stores, kill }: StoreProcess, resource: string, after: number): Promise<number> {
  let [acknowledged, version, dying] = [0, 0, Promise.resolve()];
  try {
    for (;;) {
      const count = acknowledged + 1;
      const record = pair(`${count}`, { principal: place(resource), extra: { count, ballast: "x".repeat(20_000) } });
      const write = stores.tokens.put(record, { expectedVersion: version });
      if (count === after) dying = kill();
      const result = await write;
      if (!result.stored) throw new Error("Another process writes this record.");
      [acknowledged, version] = [count, result.version];
    }
  } catch {
    await dying;
    return acknowledged;
  }
}
