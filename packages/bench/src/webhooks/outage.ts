import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator, type RetryRegimeName } from "@ghlkit/emulator";
import { measure, type Measure } from "../measure.ts";
import { createLedger, type Fate } from "./outage-ledger.ts";
import { openOfficial, openOurs, type OpenSubject, type Subject } from "./outage-subjects.ts";

const second = 1000;
const minute = 60 * second;
const events = 5000;
const entities = 250;
const tickMs = 20 * second;
const eventsPerTick = 20;
const downAfterMs = 15 * minute;
const downForMs = 40 * minute;
/** The longest rule retries for about seventy minutes after a 429. */
const restMs = 100 * minute;

const regimes: readonly RetryRegimeName[] = ["429-only", "any-failure", "429-and-three-days"];

/** 5,000 events while the store is down for 40 emulated minutes, doubled and out of order, under every rule that retries. */
export async function outage(): Promise<readonly Measure[]> {
  const rows: Measure[] = [];
  for (const regime of regimes) {
    const fate = await run(regime, openOurs);
    const official = await run(regime, openOfficial);
    const row = (what: string, pick: (fate: Fate) => number, goal = {}): Measure =>
      measure(`${events} events, store down for 40 min, ${regime}: ${what}`, pick(fate), "", goal, { "official 3.1.0": pick(official) });
    rows.push(
      row("delivered and not handled", ({ notHandled }) => notHandled, { atMost: 0 }),
      row("handled twice", ({ twice }) => twice, { atMost: 0 }),
      row("handled after a newer one of their entity and not marked stale", ({ outOfOrder }) => outOfOrder, { atMost: 0 }),
      row("lost", ({ lost }) => lost, { atMost: 0 }),
      measure(`${events} events, store down for 40 min, ${regime}: refused with 429 meanwhile`, fate.refused, ""),
      measure(`${events} events, store down for 40 min, ${regime}: late ones, marked stale`, fate.stale, ""),
    );
  }
  return rows;
}

async function run(retry: RetryRegimeName, open: OpenSubject): Promise<Fate> {
  const clock = createManualClock(Date.parse("2026-06-01T00:00:00Z"));
  const emulator = createEmulator({ clock, webhooks: { url: "https://app.example/hooks", retry, deliver: (request) => subject.deliver(request) } }); // prettier-ignore
  const { ed25519 } = await emulator.webhookPublicKeys();
  const ledger = createLedger(events);
  const appId = String(emulator.webhooks.sample("INSTALL")["appId"]);
  const subject = await open({ clock, publicPem: ed25519, appId, handle: ledger.handle });
  emulator.webhooks.faults.add({ type: "*", kind: "duplicate", rate: 0.2, maxDelayMs: 30 * minute });
  emulator.webhooks.faults.add({ type: "*", kind: "reorder", rate: 0.2, overtakenBy: entities + 1, delayMs: 10 * minute });
  try {
    await play(subject, {
      trigger: (at) => emulator.webhooks.trigger("ContactUpdate", { id: `c-${at % entities}`, website: String(at) }),
      tick: async () => {
        await clock.advance(tickMs);
        await emulator.clock.run(0);
        await subject.work();
      },
    });
    return ledger.fateOf(emulator.webhooks.deliveries());
  } finally {
    await subject.close();
  }
}

/** One event a second, and a rest in which what is retried arrives. */
async function play(
  subject: Pick<Subject, "setDown">,
  { trigger, tick }: { readonly trigger: (at: number) => void; readonly tick: () => Promise<void> },
): Promise<void> {
  const lastTick = (events / eventsPerTick) * tickMs + restMs;
  for (let passedMs = 0, sent = 0; passedMs < lastTick; passedMs += tickMs) {
    subject.setDown(passedMs >= downAfterMs && passedMs < downAfterMs + downForMs);
    for (let at = 0; at < eventsPerTick && sent < events; at += 1) trigger(sent++);
    await tick();
  }
}
