import { afterEach, describe, expect, it, vi } from "vitest";
import { nodeCrypto } from "../../src/verify/node-crypto.ts";

describe("nodeCrypto", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is that of Node.js", () => {
    expect(nodeCrypto()?.createHash("sha256").update(new Uint8Array()).digest("hex")).toMatch(/^e3b0c442/);
  });

  it.each([
    ["there is no process", undefined],
    ["the process is another one's", {}],
    ["what finds it refuses, as on the edge runtime of Next.js", { getBuiltinModule: () => { throw new Error("not supported in the Edge Runtime"); } }],
  ])("is none where %s", (_, process) => {
    vi.stubGlobal("process", process);
    const found = nodeCrypto();
    vi.unstubAllGlobals();
    expect(found).toBeUndefined();
  });
}); // prettier-ignore
