import { describe, expect, it, vi } from "vitest";
import { ghlError, readBody, withLogging, type CallLog, type Send } from "../src/index.ts";
import { context, get, rejection } from "./call.ts";

function recorder(): { readonly lines: [string, CallLog][]; readonly logger: Parameters<typeof withLogging>[0] } {
  const lines: [string, CallLog][] = [];
  return { lines, logger: { info: (fields) => lines.push(["info", fields]), warn: (fields) => lines.push(["warn", fields]) } };
}

describe("withLogging", () => {
  it("is not there without a logger", () => {
    const send: Send = async () => new Response();
    expect(withLogging(undefined)(send)).toBe(send);
  });

  it("writes operation, status, resource, attempt and trace id", async () => {
    const { lines, logger } = recorder();
    const send = readBody(async () => new Response('{"ok":true,"traceId":"t-9"}'));
    await withLogging(logger)(send)(get, context({ principal: { app: "a", kind: "location", resource: "loc1" }, attempt: 2 }));
    expect(lines).toMatchObject([["info", { operation: "GET /x", status: 200, resource: "loc1", attempts: 2, traceId: "t-9" }]]);
  });

  it("warns of answers from 400 and of calls without answer, and passes them on", async () => {
    const { lines, logger } = recorder();
    await withLogging(logger)(async () => new Response("", { status: 422 }))(get, context());
    const failed = withLogging(logger)(() => Promise.reject(ghlError("network", "lost", { sent: true }, { attempts: 4 })))(get, context());
    expect(await rejection(failed)).toMatchObject({ code: "network" });
    expect(lines).toMatchObject([
      ["warn", { status: 422 }],
      ["warn", { error: "network", attempts: 4 }],
    ]);
  });

  it("writes no token that stands in a path", async () => {
    const { lines, logger } = recorder();
    const token = ["pit", "11111111-2222-3333-4444-555555555555"].join("-");
    await withLogging(logger)(async () => new Response())({ ...get, url: `https://example.com/${token}?x=${token}` }, context());
    expect(JSON.stringify(lines)).not.toContain(token);
  });

  it("leaves the outcome of a call alone when the logger throws", async () => {
    const reported = vi.fn();
    vi.stubGlobal("reportError", reported);
    const broken = new Error("disk full");
    const fail = (): void => {
      throw broken;
    };
    const layer = withLogging({ info: fail, warn: fail });
    expect((await layer(async () => new Response("", { status: 201 }))(get, context())).status).toBe(201);
    const refused = layer(() => Promise.reject(ghlError("network", "lost", { sent: true }, { attempts: 1 })));
    expect(await rejection(refused(get, context()))).toMatchObject({ code: "network" });
    expect(reported.mock.calls).toEqual([[broken], [broken]]);
    vi.unstubAllGlobals();
  });
});
