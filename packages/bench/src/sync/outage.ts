import { createEmulator } from "@ghlkit/emulator";
import { createGhl } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { createActivity } from "./activity.ts";
import { fillContacts, wrongContacts } from "./fill-emulator.ts";
import { syncHere } from "./sync-here.ts";

const contacts = 2000;
const changes = 600;

/** Three hours without webhooks; before and after, some are lost, doubled and out of order. */
export async function outage(): Promise<readonly Measure[]> {
  let receive: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 });
  const emulator = createEmulator({
    enforceBurstLimit: false,
    dailyLimit: 100_000_000,
    journalSize: 0,
    allowDuplicates: true,
    allowDuplicateOpportunities: true,
    webhooks: { url: "https://app.example/webhooks", deliver: (request) => receive(request) },
  });
  const ids = await fillContacts(emulator, { count: contacts, everyMs: 60_000 });
  const { tokens, locationId } = emulator.seed;
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => emulator.fetch(new Request(input, init));
  const others = createGhl({
    token: tokens.location,
    location: locationId,
    baseUrl: "https://emulator.example",
    fetch,
    limits: { limit: 100_000_000 },
  });
  const change = createActivity(emulator, others, ids, seeded(5));
  const { sync, storage, rows } = syncHere({ on: emulator });
  const { ed25519 } = await emulator.webhookPublicKeys();
  const receiver = sync.receiver({ appId: emulator.seed.app.id, additionalKeys: [ed25519] });
  receive = receiver;
  await storage.inbox.beat({ gapAfterMs: 180_000 });
  await sync.catchUp();
  emulator.webhooks.faults.add({ type: "*", kind: "drop", rate: 0.05 });
  emulator.webhooks.faults.add({ type: "*", kind: "duplicate", rate: 0.2 });
  emulator.webhooks.faults.add({ type: "*", kind: "reorder", rate: 0.2 });
  const doomed = ids.slice(-100);
  const day = async (count: number, everyMs: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) {
      emulator.clock.advance(everyMs);
      await change();
      if (at % 50 === 7) await others.location(locationId).contacts.delete({ contactId: doomed.pop() ?? "" });
      await emulator.webhooks.settle();
      await receiver.worker?.runDue();
    }
  };
  await day(changes / 3, 1000);
  receive = () => Promise.reject(new TypeError("fetch failed"));
  await day(changes / 3, 54_000);
  receive = receiver;
  await storage.inbox.beat({ gapAfterMs: 180_000 });
  const before = wrongContacts(emulator, await rows("contacts"));
  const since = performance.now();
  await sync.catchUp();
  const tookMs = performance.now() - since;
  await day(changes / 3, 1000);
  emulator.clock.advance(30_000);
  await sync.reconcile();
  const wrong = wrongContacts(emulator, await rows("contacts"));
  const different = (await sync.verify()).reduce((sum, { different: some }) => sum + some, 0);
  const gaps = (await storage.inbox.gaps()).length;
  await receiver.close();
  await sync.close();
  const label = `3 h without webhooks, 5 % lost, 20 % doubled, 20 % out of order, ${changes} changes of ${contacts} contacts`;
  return [
    measure(`${label}: contacts that are wrong before the reconciliation`, before, ""),
    measure(`${label}: contacts that are wrong after it`, wrong, "", { atMost: 0 }),
    measure(`${label}: records of all kinds that differ after it`, different, "", { atMost: 0 }),
    measure(`${label}: gaps that are open`, gaps, "", { atMost: 0 }),
    measure(`${label}: time that the reconciliation of the gap took, platform in this process`, tookMs / 1000, "s"),
  ];
}
