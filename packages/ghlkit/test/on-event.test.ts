import { afterEach, describe, expect, it, vi } from "vitest";
import { createGhl } from "../src/index.ts";

afterEach(() => vi.unstubAllGlobals());

describe("onEvent", () => {
  it("cannot break the calls it hears of: what it throws is reported, and every slot comes back", async () => {
    const reported: unknown[] = [];
    vi.stubGlobal("reportError", (error: unknown) => void reported.push(error));
    const broken = new Error("a broken listener");
    const ghl = createGhl({
      token: "t",
      location: "loc-1",
      baseUrl: "http://127.0.0.1",
      fetch: () => Promise.resolve(Response.json({ location: { id: "loc-1" } })),
      limits: { limit: 1, windowMs: 20 },
      onEvent: ({ type }) => {
        if (type === "queued") throw broken;
      },
    });
    const get = (id: string): Promise<unknown> => ghl.request("GET", `/locations/${id}`);
    await Promise.all(["a", "b", "c"].map(get));
    await get("d");
    expect(reported.length).toBeGreaterThan(0);
    expect(new Set(reported)).toEqual(new Set([broken]));
    expect(ghl.limiter.inspectAll()).toMatchObject([{ inFlight: 0, depth: 0 }]);
  });
});
