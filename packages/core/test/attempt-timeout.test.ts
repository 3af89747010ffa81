import { describe, expect, it } from "vitest";
import { withAttemptTimeout, type Send } from "../src/index.ts";
import { createManualClock } from "../src/testing.ts";
import { context, get, rejection } from "./call.ts";

/** Never answers, but ends when its signal fires, as fetch does. */
const hanging: Send = (_, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("ended"))));

describe("withAttemptTimeout", () => {
  it("ends an attempt that takes too long", async () => {
    const clock = createManualClock();
    const failed = rejection(withAttemptTimeout({ clock })(hanging)(get, context({ timeoutMs: 500 })));
    await clock.advance(499);
    expect(clock.pending()).toBe(1);
    await clock.advance(1);
    expect(await failed).toMatchObject({ code: "timeout", timeoutMs: 500, scope: "attempt" });
  });

  it("ends at once when the caller aborts, with the reason as cause", async () => {
    const clock = createManualClock();
    const abort = new AbortController();
    const failed = rejection(withAttemptTimeout({ clock })(hanging)(get, context({ signal: abort.signal })));
    const reason = new Error("user left");
    abort.abort(reason);
    expect(await failed).toMatchObject({ code: "aborted", cause: reason });
    expect(clock.pending()).toBe(0);
  });

  it("sends nothing when the signal has fired before", async () => {
    let sent = 0;
    const send: Send = async () => {
      sent += 1;
      return new Response();
    };
    expect(await rejection(withAttemptTimeout()(send)(get, context({ signal: AbortSignal.abort() })))).toMatchObject({ code: "aborted" });
    expect(sent).toBe(0);
  });

  it("ends although what it runs pays no heed to the signal", async () => {
    const clock = createManualClock();
    const abort = new AbortController();
    const deaf: Send = () => new Promise(() => undefined);
    const failed = rejection(withAttemptTimeout({ clock })(deaf)(get, context({ signal: abort.signal })));
    abort.abort();
    expect(await failed).toMatchObject({ code: "aborted" });
    const late = rejection(withAttemptTimeout({ clock })(deaf)(get, context({ timeoutMs: 10 })));
    await clock.advance(10);
    expect(await late).toMatchObject({ code: "timeout" });
  });

  it("leaves no timer and no listener behind", async () => {
    const clock = createManualClock();
    const { signal } = new AbortController();
    await withAttemptTimeout({ clock })(async () => new Response("ok"))(get, context({ signal }));
    expect(clock.pending()).toBe(0);
  });
});
