import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator, type RetryRegimeName } from "@ghlkit/emulator";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource, createWebhookReceiver, createWebhookWorker, type WebhookEvent } from "@ghlkit/webhooks";
import { measure, type Measure } from "../measure.ts";
import { outageOf, type Interruptible } from "./interruptible-inbox.ts";

const second = 1000;
const minute = 60 * second;
const events = 5000;
const entities = 250;
const tickMs = 10 * second;
const eventsPerTick = 10;
const downAfterMs = 15 * minute;
const downForMs = 40 * minute;
/** The longest rule retries for about seventy minutes after a 429. */
const restMs = 100 * minute;

const regimes: readonly RetryRegimeName[] = ["429-only", "any-failure", "429-and-three-days"];

/** What became of the events of one regime. */
interface Fate {
  readonly lost: number;
  readonly notHandled: number;
  readonly twice: number;
  readonly outOfOrder: number;
  readonly refused: number;
  readonly stale: number;
}

/** 5,000 events while the store is down for 40 emulated minutes, doubled and out of order, under every rule that retries. */
export async function outage(): Promise<readonly Measure[]> {
  const rows: Measure[] = [];
  for (const regime of regimes) {
    const fate = await run(regime);
    const row = (what: string, value: number, goal = {}): Measure => measure(`${events} events, store down for 40 min, ${regime}: ${what}`, value, "", goal); // prettier-ignore
    rows.push(
      row("delivered and not handled", fate.notHandled, { atMost: 0 }),
      row("handled twice", fate.twice, { atMost: 0 }),
      row("handled after a newer one of their entity without being told", fate.outOfOrder, { atMost: 0 }),
      row("lost", fate.lost, { atMost: 0 }),
      row("deliveries refused with 429 meanwhile", fate.refused),
      row("late ones, told as stale", fate.stale),
    );
  }
  return rows;
}

async function run(retry: RetryRegimeName): Promise<Fate> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-outage-"));
  const clock = createManualClock(Date.parse("2026-06-01T00:00:00Z"));
  const storage = createSqliteStorage({ path: join(folder, "inbox.db"), clock });
  const inbox = outageOf(storage.inbox);
  const emulator = createEmulator({
    clock,
    webhooks: { url: "https://app.example/hooks", retry, deliver: (request) => receiver(request) },
  });
  const { ed25519 } = await emulator.webhookPublicKeys();
  const appId = String(emulator.webhooks.sample("INSTALL")["appId"]);
  const receiver = createWebhookReceiver({ source: createMarketplaceSource({ appId, additionalKeys: [ed25519], clock }), inbox, clock });
  emulator.webhooks.faults.add({ type: "*", kind: "duplicate", rate: 0.2, maxDelayMs: 30 * minute });
  emulator.webhooks.faults.add({ type: "*", kind: "reorder", rate: 0.2, overtakenBy: entities + 1, delayMs: 10 * minute });
  const ledger = createLedger();
  const workers = [0, 1].map(() => createWebhookWorker({ inbox, clock, handlers: { ContactUpdate: ledger.handle } }));
  try {
    await play(inbox, {
      trigger: (at) => emulator.webhooks.trigger("ContactUpdate", { id: `c-${at % entities}`, website: String(at) }),
      tick: async () => {
        await clock.advance(tickMs);
        await emulator.clock.run(0);
        // While the store is down there is nothing to be had.
        await Promise.allSettled(workers.map((worker) => worker.runDue()));
      },
    });
    return ledger.fateOf(emulator.webhooks.deliveries());
  } finally {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One event a second, and a rest in which what is retried arrives. */
async function play(
  inbox: Interruptible,
  { trigger, tick }: { readonly trigger: (at: number) => void; readonly tick: () => Promise<void> },
): Promise<void> {
  const lastTick = (events / eventsPerTick) * tickMs + restMs;
  for (let passedMs = 0, sent = 0; passedMs < lastTick; passedMs += tickMs) {
    inbox.setDown(passedMs >= downAfterMs && passedMs < downAfterMs + downForMs);
    for (let at = 0; at < eventsPerTick && sent < events; at += 1) trigger(sent++);
    await tick();
  }
}

type Delivered = ReturnType<ReturnType<typeof createEmulator>["webhooks"]["deliveries"]>;

/** Keeps what was handled, in order. */
function createLedger(): {
  readonly handle: (event: WebhookEvent, context: { readonly stale: boolean; readonly attempt: number }) => void;
  readonly fateOf: (deliveries: Delivered) => Fate;
} {
  const handled: string[] = [];
  const handledUpTo = new Map<string, number>();
  const counts = { outOfOrder: 0, stale: 0 };
  return {
    handle: ({ id, entity, occurredAt }, { stale, attempt }) => {
      // Every tenth does not work at first.
      if (attempt === 1 && id.endsWith("7")) throw new Error("not yet");
      const isLate = occurredAt < (handledUpTo.get(entity) ?? 0);
      if (isLate !== stale) counts.outOfOrder += 1;
      if (stale) counts.stale += 1;
      handled.push(id);
      handledUpTo.set(entity, Math.max(occurredAt, handledUpTo.get(entity) ?? 0));
    },
    fateOf: (deliveries) => {
      const known = new Set(handled);
      const delivered = new Set(deliveries.filter(({ state }) => state === "delivered").map(({ webhookId }) => webhookId ?? ""));
      const sent = new Set(deliveries.map(({ webhookId }) => webhookId ?? ""));
      if (sent.size !== events) throw new Error(`${sent.size} events were sent instead of ${events}.`);
      return {
        ...counts,
        lost: [...sent].filter((id) => !known.has(id)).length,
        notHandled: [...delivered].filter((id) => !known.has(id)).length,
        twice: handled.length - known.size,
        refused: deliveries.flatMap(({ attempts }) => attempts).filter(({ status }) => status === 429).length,
      };
    },
  };
}
