import { expect, test } from "vitest";
import { JoinedSignals } from "../src/joined-signals.ts";

test("calls with one signal share a joined one, which either ends, until the last call has ended", () => {
  const common = new AbortController();
  const signals = new JoinedSignals(common.signal);
  const job = new AbortController();
  const [one, two] = [signals.join(job.signal), signals.join(job.signal)];
  expect(one.signal).toBe(two.signal);
  expect(signals.join(new AbortController().signal).signal).not.toBe(one.signal);
  one.forget();
  job.abort(new Error("enough"));
  expect(two.signal.aborted).toBe(true);
  expect(two.signal.reason).toBe(job.signal.reason);
});

test("the common signal ends all, and what has ended is forgotten", () => {
  const common = new AbortController();
  const signals = new JoinedSignals(common.signal);
  const job = new AbortController();
  const ended = signals.join(job.signal);
  ended.forget();
  const next = signals.join(job.signal);
  expect(next.signal).not.toBe(ended.signal);
  common.abort(new Error("closed"));
  expect([next.signal.aborted, ended.signal.aborted]).toEqual([true, false]);
});
