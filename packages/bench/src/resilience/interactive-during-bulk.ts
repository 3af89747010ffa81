import { createContext, sleep, type Priority, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { withRateLimit } from "@ghlkit/resilience";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";

const bulkCalls = 50_000;
const limit = 100;
const windowMs = 10_000;
/** A person's calls come at random, fifteen in a window on average. */
const betweenMs = windowMs / 15;
const request = Object.freeze({ method: "GET", url: "https://platform/", headers: {}, body: undefined });
const contextOf = (priority: Priority) => createContext({ priority, principal: { app: "bench", kind: "location", resource: "loc" } });

/** 50,000 bulk calls wait, and people call in between. On an emulated clock: it takes an hour and a half. */
export async function interactiveDuringBulk(): Promise<readonly Measure[]> {
  const clock = createManualClock();
  const random = seeded(50_000);
  const started = clock.now();
  const send: Send = withRateLimit({ clock, maxQueue: bulkCalls })(async () => {
    await sleep(40 + random() * 80, undefined, clock);
    return new Response(null);
  });
  let bulkEnded = 0;
  let refused = 0;
  const waits: number[] = [];
  const [bulk, interactive] = [contextOf("bulk"), contextOf("interactive")];
  const count = (): void => void (bulkEnded += 1);
  for (let at = 0; at < bulkCalls; at += 1) void send(request, bulk).then(count, () => (refused += 1));
  const person = (): void => {
    const since = clock.now();
    let granted = since;
    void send(request, { ...interactive, emit: (event) => void (event.type === "granted" && (granted = clock.now())) }).then(
      () => waits.push(granted - since),
      () => (refused += 1),
    );
    clock.after(-Math.log(1 - random()) * betweenMs, person);
  };
  person();
  while (bulkEnded + refused < bulkCalls) await clock.advance(windowMs);
  const windows = (clock.now() - started) / windowMs;
  const p95 = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? Number.NaN;
  const label = `interactive calls during a bulk load of ${bulkCalls}`;
  return [
    measure(`${label}: calls that fail`, refused, "", { atMost: 0 }),
    measure(`${label}: p95 wait, in windows (${waits.length} calls)`, p95 / windowMs, "", { atMost: 1 }),
    measure(`${label}: share of the whole limit that bulk gets`, (bulkEnded / (windows * limit)) * 100, "%", { atLeast: 80 }),
  ];
}

/**
 * 50,000 bulk calls beside two interactive ones per window: the time relative to what the limit asks for, which is the number of calls by ten
 * per second.
 */
export async function bulkRate(): Promise<readonly Measure[]> {
  const clock = createManualClock();
  const random = seeded(2);
  const started = clock.now();
  const waits: number[] = [];
  const [bulk, interactive] = [contextOf("bulk"), contextOf("interactive")];
  const send: Send = withRateLimit({ clock, maxQueue: bulkCalls })(async () => {
    await sleep(10 + random() * 20, undefined, clock);
    return new Response(null);
  });
  let ended = 0;
  let endedAt = 0;
  for (let at = 0; at < bulkCalls; at += 1)
    void send(request, bulk).then(() => {
      ended += 1;
      endedAt = clock.now();
    });
  const person = (): void => {
    if (ended === bulkCalls) return;
    const since = clock.now();
    let granted = since;
    void send(request, { ...interactive, emit: (event) => void (event.type === "granted" && (granted = clock.now())) }).then(() =>
      waits.push(granted - since),
    );
    clock.after(windowMs / 2, person);
  };
  person();
  while (ended < bulkCalls) await clock.advance(windowMs / 20);
  const asked = ((bulkCalls + waits.length) / limit) * windowMs;
  const label = `${bulkCalls} bulk calls beside two interactive ones per window`;
  const p95 = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? Number.NaN;
  return [
    measure(`${label}: more time than the limit asks for`, ((endedAt - started) / asked - 1) * 100, "%", { atMost: 1 }),
    measure(`${label}: p95 wait of the interactive ones, in windows`, p95 / windowMs, "", { atMost: 0.1 }),
  ];
}
