import { afterEach, describe, expect, it, vi } from "vitest";
import { isolatesRequests } from "../src/index.ts";
import { runtime } from "../src/runtime.ts";

describe("the runtime", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ["other", {}],
    ["bun", { Bun: {} }],
    ["deno", { Deno: {} }],
    ["workers", { WebSocketPair: class {}, navigator: { userAgent: "Cloudflare-Workers" } }],
    ["other", { WebSocketPair: class {}, navigator: { userAgent: "Another/1" } }],
    ["other", { WebSocketPair: class {}, navigator: undefined }],
  ] as const)("is known by its globals: %s", (name, globals) => {
    for (const [key, value] of Object.entries(globals)) vi.stubGlobal(key, value);
    expect([runtime(), isolatesRequests()]).toEqual([name, name === "workers"]);
  });
});
