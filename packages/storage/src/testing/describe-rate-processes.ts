import type { RateGrant, RateWindow } from "../rate-window.ts";
import type { ProcessesUnderTest } from "./processes-under-test.ts";

const settings = { limit: 10, windowMs: 10_000, leaseMs: 60_000 };
const bucket = "app-a location loc-1";

type Test = (name: string, body: (subject: ProcessesUnderTest) => Promise<void>) => void;
type Expect = (value: unknown) => { readonly toBe: (expected: unknown) => void; readonly toEqual: (expected: unknown) => void };

/** What a rate window must hold when several processes share it. */
export function describeRateProcesses(test: Test, expect: Expect): void {
  const reserve = ({ rates }: { readonly rates: RateWindow }, reservation: string, count: number): Promise<RateGrant> =>
    rates.reserve(bucket, { ...settings, reservation, count });

  test("share a rate window exactly, and get the slots of one that is killed when its lease ends", async ({ start, advance }) => {
    const processes = await Promise.all([start(), start(), start()]);
    const [dead, first, second] = processes;
    const grants = await Promise.all(processes.flatMap(({ stores }, at) => [0, 1, 2].map((ask) => reserve(stores, `${at}-${ask}`, 3))));
    expect(grants.reduce((sum, { granted }) => sum + granted, 0)).toBe(10);
    const reports = grants.flatMap(({ granted }, at) =>
      at >= 3 && granted > 0 ? [{ reservation: `${Math.trunc(at / 3)}-${at % 3}`, answered: granted }] : [],
    );
    const killed = grants.slice(0, 3).reduce((sum, { granted }) => sum + granted, 0);
    await dead?.kill();
    if (first === undefined || second === undefined) throw new Error("No process.");
    await first.stores.rates.settle(bucket, reports, settings);
    await advance(10_001);
    expect((await reserve(second.stores, "after a window", 20)).granted).toBe(10 - killed);
    await second.stores.rates.settle(bucket, [{ reservation: "after a window", answered: 10 - killed }], settings);
    await advance(50_000);
    expect((await reserve(first.stores, "after the lease", 20)).granted).toBe(10);
  });

  for (const offset of [2000, -2000]) {
    test(`overrun no window when the clock of one is off by ${offset} ms`, async ({ start, advance }) => {
      const [straight, skewed] = await Promise.all([start(), start(offset)]);
      for (const [one, other] of [[straight, skewed] as const, [skewed, straight] as const]) {
        expect((await reserve(one.stores, `r-${one === straight}`, 10)).granted).toBe(10);
        await one.stores.rates.settle(bucket, [{ reservation: `r-${one === straight}`, answered: 10 }], settings);
        // Less than the skew, and more than a busy machine takes for the next calls.
        await advance(8200);
        expect((await reserve(other.stores, "early", 10)).granted).toBe(0);
        await advance(1801);
        expect((await reserve(other.stores, `again-${one === straight}`, 10)).granted).toBe(10);
        await other.stores.rates.settle(bucket, [{ reservation: `again-${one === straight}`, unsent: 10 }], settings);
      }
    });
  }
}
