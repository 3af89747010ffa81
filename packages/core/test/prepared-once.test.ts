import { describe, expect, it } from "vitest";
import { preparedOnce } from "../src/index.ts";

describe("preparedOnce", () => {
  it("prepares when first asked for, and keeps the value", async () => {
    let count = 0;
    const value = preparedOnce(async () => (count += 1));
    expect(count).toBe(0);
    expect([await value(), await value(), count]).toEqual([1, 1, 1]);
  });

  it("waits for no preparation of others: one that never ends holds up its own caller alone", async () => {
    let count = 0;
    const value = preparedOnce(() => ((count += 1) === 1 ? new Promise<number>(() => {}) : Promise.resolve(count)));
    void value();
    expect(await value()).toBe(2);
  });

  it("prepares again after a failure", async () => {
    let count = 0;
    const value = preparedOnce(async () => {
      count += 1;
      if (count === 1) throw new Error("not yet");
      return count;
    });
    await expect(value()).rejects.toThrow("not yet");
    expect(await value()).toBe(2);
  });
});
