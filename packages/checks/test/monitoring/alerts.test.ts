import { createWebhookReader } from "ghlkit";
import type { HealthSync, PrivateToken } from "ghlkit/health";
import { metricDefinitions } from "ghlkit/telemetry";
import { repairGaps } from "@ghlkit/webhooks";
import { createSync, type Sync, type SyncOptions } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import { describe, expect, it } from "vitest";
import { monitoredApp, rules, type MonitoredApp, type MonitoredAppOptions } from "./monitored-app.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Every alert has a test by its name: what fires it, and what clears it. */
const incidents: Readonly<Record<string, () => Promise<void>>> = {
  async GhlkitDown() {
    const app = await monitoredApp();
    await firesWithin(app, "GhlkitDown", 5 * minute);
    app.observe();
    await clears(app, "GhlkitDown");
  },

  async GhlkitStorageFailing() {
    const app = await observed();
    await app.storage.close();
    await firesWithin(app, "GhlkitStorageFailing", 2 * minute);
    app.replaceDatabase();
    await clears(app, "GhlkitStorageFailing");
  },

  async GhlkitWebhookGap() {
    const app = await observed();
    await app.storage.inbox.beat({ gapAfterMs: minute });
    await app.clock.advance(3 * hour);
    await app.storage.inbox.beat({ gapAfterMs: minute });
    await firesWithin(app, "GhlkitWebhookGap", 6 * minute);
    const reader = createWebhookReader(app.ghl);
    await repairGaps({ reader, inbox: app.storage.inbox, locations: [app.emulator.seed.locationId], clock: app.clock });
    await clears(app, "GhlkitWebhookGap");
  },

  async GhlkitWebhooksLate() {
    const app = await observed();
    await contactCreated(app);
    await firesWithin(app, "GhlkitWebhooksLate", 11 * minute);
    await app.receiver.worker?.runDue();
    await clears(app, "GhlkitWebhooksLate");
  },

  async GhlkitWebhooksQuiet() {
    const app = await observed();
    await contactCreated(app);
    await app.receiver.worker?.runDue();
    await app.clock.advance(3 * hour);
    await firesWithin(app, "GhlkitWebhooksQuiet", 6 * minute);
    await contactCreated(app);
    await clears(app, "GhlkitWebhooksQuiet");
  },

  async GhlkitDeadLetters() {
    let isBroken = true;
    const app = await observed({ onContact: async () => (isBroken ? Promise.reject(new Error("a bug")) : undefined) });
    await contactCreated(app);
    await app.receiver.worker?.runDue();
    await firesWithin(app, "GhlkitDeadLetters", 2 * minute);
    isBroken = false;
    await app.storage.inbox.replay({ state: "dead" });
    await app.receiver.worker?.runDue();
    await clears(app, "GhlkitDeadLetters");
  },

  async GhlkitPrivateTokenOld() {
    const privateTokens: PrivateToken[] = [];
    const app = await observed({ health: () => ({ privateTokens }) });
    let token = app.emulator.seed.tokens.location;
    privateTokens.push({ name: "crm", createdAt: new Date(app.clock.now()) });
    await app.clock.advance(91 * day);
    await firesWithin(app, "GhlkitPrivateTokenOld", 62 * minute);
    token = app.emulator.oauth.rotatePrivateToken(token);
    privateTokens.splice(0, 1, { name: "crm", createdAt: new Date(app.clock.now()) });
    await clears(app, "GhlkitPrivateTokenOld");
  },

  async GhlkitReconnectNeeded() {
    const app = await observed();
    const { companyId } = app.emulator.seed;
    app.emulator.oauth.expire({ companyId }, "both");
    await app.clock.advance(day);
    await expect(app.ghl.company(companyId).locations.search({})).rejects.toMatchObject({ code: "token_revoked" });
    await firesWithin(app, "GhlkitReconnectNeeded", 7 * minute);
    await app.consent();
    await clears(app, "GhlkitReconnectNeeded");
  },

  async GhlkitRefreshStuck() {
    const app = await observed();
    const { app: ofApp, companyId } = app.emulator.seed;
    const principal = { app: ofApp.clientId, kind: "company", resource: companyId } as const;
    const { version = 0 } = (await app.storage.tokens.get(principal)) ?? {};
    // What a process leaves that dies between noting the refresh and storing its answer.
    const intent = { refreshTokenFingerprint: "its refresh token", owner: "a process that died", attempt: 1 };
    await app.storage.tokens.recordIntent(principal, intent, { expectedVersion: version });
    await firesWithin(app, "GhlkitRefreshStuck", 8 * minute);
    await app.consent();
    await clears(app, "GhlkitRefreshStuck");
  },

  async GhlkitRefreshTokenEnding() {
    const app = await observed();
    await app.clock.advance(340 * day);
    await firesWithin(app, "GhlkitRefreshTokenEnding", 63 * minute);
    expect(await app.ghl.auth.tokens.refreshDue()).toMatchObject({ refreshed: 1, failed: 0 });
    await clears(app, "GhlkitRefreshTokenEnding");
  },

  async GhlkitDailyQuotaLow() {
    const app = await observed({ emulator: { dailyLimit: 60 }, health: () => ({ dailyLimit: 60 }) });
    const location = app.ghl.location(app.emulator.seed.locationId);
    for (let call = 0; call < 56; call += 1) await location.locations.get();
    await firesWithin(app, "GhlkitDailyQuotaLow", 2 * minute);
    await app.clock.advance(day);
    await location.locations.get();
    await clears(app, "GhlkitDailyQuotaLow");
  },

  async GhlkitSyncLagging() {
    const { app, sync } = await copied();
    await app.clock.advance(hour);
    await firesWithin(app, "GhlkitSyncLagging", 12 * minute);
    await sync.catchUp();
    await clears(app, "GhlkitSyncLagging");
  },

  async GhlkitSyncProblem() {
    const { app, sync } = await copied();
    app.emulator.faults.add({ operation: "contacts.search", kind: "error", status: 500 });
    await app.clock.advance(hour);
    await sync.catchUp();
    await firesWithin(app, "GhlkitSyncProblem", 17 * minute);
    app.emulator.faults.clear();
    await sync.catchUp();
    await clears(app, "GhlkitSyncProblem");
  },

  async GhlkitDeletionsHeld() {
    const { app, sync, contacts } = await copied({ deletions: { records: 5, share: 0 } });
    const { locationId } = app.emulator.seed;
    for (const contactId of contacts) await app.ghl.location(locationId).contacts.delete({ contactId });
    await app.clock.advance(minute);
    expect(await sync.reconcile()).toMatchObject([{ outcome: "held" }]);
    await firesWithin(app, "GhlkitDeletionsHeld", 2 * minute);
    await sync.allowDeletions({ locationId, kind: "contacts" });
    await sync.catchUp();
    await clears(app, "GhlkitDeletionsHeld");
  },
};

describe("alert rules", () => {
  it("each have a test, and name metrics that there are", () => {
    expect(Object.keys(incidents).toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
    const names = new Set(Object.keys(metricDefinitions).map((name) => name.replaceAll(".", "_")));
    expect(rules.map(({ metric }) => metric).filter((metric) => !names.has(metric))).toEqual([]);
  });

  it("say what to do", () => {
    for (const { name, annotations } of rules) expect([name, annotations["summary"], annotations["action"]]).not.toContain(undefined);
  });

  it.each(Object.keys(incidents))("%s fires and is cleared", async (name) => incidents[name]?.(), 300_000);

  it("do not fire while all is well", async () => {
    const { app, sync } = await copied();
    await contactCreated(app);
    await app.receiver.worker?.runDue();
    for (let round = 0; round < 4; round += 1) {
      expect(await app.pass(30 * minute)).toEqual([]);
      await sync.catchUp();
    }
  }, 300_000);
});

async function observed(options?: MonitoredAppOptions): Promise<MonitoredApp> {
  const app = await monitoredApp(options);
  app.observe();
  expect(await app.pass(10 * minute)).toEqual([]);
  return app;
}

/** A copy of twelve contacts. */
async function copied(options: Partial<SyncOptions> = {}): Promise<{ app: MonitoredApp; sync: Sync; contacts: readonly string[] }> {
  const known: { sync?: Sync } = {};
  const sync: HealthSync = { health: async () => (await known.sync?.health()) ?? [] };
  const app = await observed({ emulator: { enforceBurstLimit: false }, health: () => ({ sync }) });
  const contacts: string[] = [];
  const location = app.ghl.location(app.emulator.seed.locationId);
  for (let number = 0; number < 12; number += 1) {
    const { contact } = await location.contacts.create({ body: { firstName: "Ada", email: `ada${number}@example.com` } });
    contacts.push(contact.id);
  }
  await app.receiver.worker?.runDue();
  known.sync = createSync({
    ghl: app.ghl,
    storage: app.storage,
    locations: [app.emulator.seed.locationId],
    kinds: ["contacts"],
    into: sqlite(":memory:"),
    live: "polling",
    clock: app.clock,
    onEvent: app.telemetry.onSync,
    ...options,
  });
  await known.sync.catchUp();
  return { app, sync: known.sync, contacts };
}

/** A contact is made, and its webhook arrives. */
async function contactCreated({ ghl, emulator }: MonitoredApp): Promise<void> {
  const number = emulator.requests(10_000).length;
  await ghl.location(emulator.seed.locationId).contacts.create({ body: { firstName: "Ada", email: `ada-${number}@example.com` } });
  await emulator.webhooks.settle();
}

/** It does not fire before its time is over, and then does. */
async function firesWithin(app: MonitoredApp, name: string, ms: number): Promise<void> {
  expect(await app.pass(0)).not.toContain(name);
  expect(await app.pass(ms)).toContain(name);
}

/** Health is looked at every few seconds, accounts once a minute. */
async function clears(app: MonitoredApp, name: string): Promise<void> {
  expect(await app.pass(90_000)).not.toContain(name);
}
