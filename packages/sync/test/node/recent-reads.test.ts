import { describe, expect, it } from "vitest";
import { RecentReads } from "../../src/node/restore/recent-reads.ts";

describe("RecentReads", () => {
  it("shares a read, makes one that failed again, and drops the one that was used longest ago", async () => {
    const made: string[] = [];
    const reads = new RecentReads<number>(2);
    const read = (key: string): Promise<number> => reads.get(key, async () => made.push(key));
    expect(await Promise.all([read("a"), read("a"), read("b")])).toEqual([1, 1, 2]);
    await read("a");
    await read("c");
    expect([await read("a"), await read("b")]).toEqual([1, 4]);
    const failure = new Error("503");
    await expect(reads.get("d", () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await read("d")).toBe(5);
    expect(made).toEqual(["a", "b", "c", "b", "d"]);
  });
});
