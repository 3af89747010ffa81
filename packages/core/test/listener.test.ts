import { afterEach, describe, expect, it, vi } from "vitest";
import { createContext, detachedListener } from "../src/index.ts";

afterEach(() => vi.unstubAllGlobals());

const broken = new Error("a broken listener");
const fail = (): void => {
  throw broken;
};

describe("detachedListener", () => {
  it("passes everything on", () => {
    const heard = vi.fn();
    detachedListener(heard)("a", 2);
    expect(heard).toHaveBeenCalledExactlyOnceWith("a", 2);
  });

  it("reports what a listener throws where the runtime can, and goes on", () => {
    const reportError = vi.fn();
    vi.stubGlobal("reportError", reportError);
    detachedListener(fail)();
    expect(reportError).toHaveBeenCalledExactlyOnceWith(broken);
  });

  it("reports what an asynchronous listener rejects with", async () => {
    const reportError = vi.fn();
    vi.stubGlobal("reportError", reportError);
    detachedListener((() => Promise.reject(broken)) as () => void)();
    await vi.waitFor(() => expect(reportError).toHaveBeenCalledExactlyOnceWith(broken));
  });

  it("elsewhere throws it where nobody but the process hears it", () => {
    const later = vi.fn<(task: () => void) => void>();
    vi.stubGlobal("reportError", undefined);
    vi.stubGlobal("queueMicrotask", later);
    detachedListener(fail)();
    expect(later).toHaveBeenCalledOnce();
    expect(later.mock.calls[0]?.[0]).toThrow(broken);
  });
});

describe("createContext", () => {
  it("has an emit that always returns", () => {
    const reportError = vi.fn();
    vi.stubGlobal("reportError", reportError);
    createContext({ emit: fail }).emit({ type: "collapsed" });
    expect(reportError).toHaveBeenCalledExactlyOnceWith(broken);
  });
});
