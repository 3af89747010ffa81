import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { createSync, type Sync } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import type { Emulator } from "@ghlkit/emulator";
import type { WebhookReceiver } from "@ghlkit/webhooks";
import { addDeals, clientOf, clockOf } from "./drill-account.ts";
import type { Drill } from "./drill.ts";

const kinds = ["contacts", "opportunities"] as const;
const threeHours = 3 * 3_600_000;

/** No receiver was alive for three hours: the gap is noticed, everything is read since, and it is closed. */
export const webhooksDown: Drill = {
  name: "webhooks-down",
  incident: "no webhook was received for three hours",
  alert: "GhlkitWebhookGap",
  run: async ({ emulator: open, step, person, check }) => {
    let receiver: WebhookReceiver | undefined;
    const away = new Response(null, { status: 503 });
    const emulator: Emulator = open({ webhooks: { deliver: async (request) => receiver?.(request) ?? away.clone() } });
    emulator.webhooks.subscribe({ url: "https://app.example/webhooks" });
    const ghl = clientOf(emulator);
    const storage = createMemoryStorage({ clock: clockOf(emulator) });
    const into = sqlite(":memory:");
    const ids = await addDeals(ghl, emulator, 100);

    const first = await startUp(emulator, storage, into);
    receiver = first.receiver;
    await step("The copy of 100 contacts and deals is made", () => first.sync.catchUp());
    await ghl.location(emulator.seed.locationId).contacts.update({ contactId: ids[0] ?? "", body: { firstName: "Before" } });
    await step("Webhooks keep it up to date", () => handleAll(emulator, storage, first.receiver));
    receiver = undefined;
    await first.receiver.close();

    for (let hour = 0; hour < 3; hour += 1) {
      await addDeals(ghl, emulator, 5, `Hour ${hour} person`);
      await ghl.location(emulator.seed.locationId).contacts.update({ contactId: ids[2] ?? "", body: { firstName: `Hour ${hour}` } });
      emulator.clock.advance(threeHours / 3);
    }
    await ghl.location(emulator.seed.locationId).contacts.delete({ contactId: ids[1] ?? "" });

    person("Find out why nothing arrived (process, load balancer, tunnel, the app's webhook URL), and start the receiver again.");
    const second = await startUp(emulator, storage, into);
    receiver = second.receiver;
    const [gap] = await storage.inbox.gaps();
    check(
      `the receiver noted a gap of ${Math.round(((gap?.to ?? 0) - (gap?.from ?? 0)) / 60_000)} min`,
      (gap?.to ?? 0) - (gap?.from ?? 0) >= threeHours,
    );
    const lag = (await second.sync.status())[0]?.lagMs ?? 0;
    check(`the status says so: ${Math.round(lag / 60_000)} min behind`, lag >= threeHours);
    await step("Everything is read since, and the gap is closed", () => second.sync.catchUp());
    await handleAll(emulator, storage, second.receiver);
    check("no gap is left", (await storage.inbox.gaps()).length === 0);
    const verified = await step("It is verified record by record", () => second.sync.verify());
    check(
      "copy and platform are equal",
      verified.every(({ outcome }) => outcome === "equal"),
    );
    await second.receiver.close();
    await second.sync.close();
  },
};

async function startUp(
  emulator: Emulator,
  storage: Stores,
  into: ReturnType<typeof sqlite>,
): Promise<{ readonly sync: Sync; readonly receiver: WebhookReceiver }> {
  const { app, locationId } = emulator.seed;
  const { ed25519 } = await emulator.webhookPublicKeys();
  const sync = createSync({ ghl: clientOf(emulator), storage, locations: [locationId], kinds, into, clock: clockOf(emulator) });
  const receiver = sync.receiver({ appId: app.id, additionalKeys: [ed25519] });
  receiver.start();
  // The first sign of life notes the gap.
  await storage.inbox.beat({ gapAfterMs: 180_000 });
  return { sync, receiver };
}

async function handleAll(emulator: Emulator, storage: Stores, receiver: WebhookReceiver): Promise<void> {
  await emulator.webhooks.settle();
  while ((await storage.inbox.backlog()).waiting > 0) await receiver.worker?.runDue();
}
