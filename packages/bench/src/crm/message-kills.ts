import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createGhl } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { pause, startChild } from "./child.ts";
import type { MessageOrder } from "./message-process.ts";

const messages = 10_000;
const people = 500;
const kills = 20;
const lostShare = 0.2;
/** Longer than a request may be under way here. */
const settleMs = 1000;

/** Ten thousand messages: of the answers one in five is lost, the process is killed again and again, and meanwhile people write STOP. */
export async function messageKills(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-messages-"));
  const emulator = createEmulator({ burstLimit: 1_000_000, dailyLimit: 10_000_000 });
  const { url, close } = await emulator.listen();
  try {
    const order = { ...(await orderOf(emulator, url)), database: join(folder, "messages.db") };
    for (const afterEffect of [true, false]) {
      emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", rate: lostShare / 2, afterEffect });
    }
    const stops = new Map<string, number>();
    const random = seeded(20);
    let killed = 0;
    for (; killed < kills; killed += 1) {
      const child = startChild("message-process.ts", order);
      await pause(500 + random() * 1000);
      const stopping = order.contactIds[Math.floor(random() * order.contactIds.length)] ?? "";
      if (!stops.has(stopping)) {
        emulator.act.replyAs(stopping, "STOP");
        stops.set(stopping, Date.now());
      }
      await child.kill();
    }
    let unresolved = -1;
    await startChild("message-process.ts", order, {
      onMessage: (message) => {
        if (typeof message === "object" && message !== null && "unresolved" in message) unresolved = Number(message.unresolved);
      },
    }).gone;
    return await judge(emulator, order, { stops, unresolved, killed });
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function orderOf(emulator: Emulator, baseUrl: string): Promise<Omit<MessageOrder, "database">> {
  const { tokens, locationId } = emulator.seed;
  const ghl = createGhl({ token: tokens.location, location: locationId, baseUrl, limits: { limit: 100_000 } });
  const contactIds: string[] = [];
  for (let number = 0; number < people; number += 1) {
    const body = { phone: `+1415555${String(1000 + number)}` };
    contactIds.push((await ghl.location(locationId).contacts.create({ body })).contact.id);
  }
  await ghl.close();
  return { baseUrl, token: tokens.location, locationId, contactIds, messages, settleMs };
}

interface Outcome {
  readonly stops: ReadonlyMap<string, number>;
  readonly unresolved: number;
  readonly killed: number;
}

async function judge(emulator: Emulator, order: MessageOrder, { stops, unresolved, killed }: Outcome): Promise<readonly Measure[]> {
  const { baseUrl, token, locationId, contactIds } = order;
  emulator.faults.clear();
  const ghl = createGhl({ token, location: locationId, baseUrl, limits: { limit: 100_000 } });
  let twice = 0;
  let sent = 0;
  let afterStop = 0;
  for (const contactId of contactIds) {
    const texts: string[] = [];
    for await (const message of ghl.location(locationId).conversations.exportMessages({ contactId, limit: 100 })) {
      if (message.direction !== "outbound") continue;
      texts.push(message.body ?? "");
      if (Date.parse(message.dateAdded) > (stops.get(contactId) ?? Number.POSITIVE_INFINITY)) afterStop += 1;
    }
    sent += new Set(texts).size;
    twice += texts.length - new Set(texts).size;
  }
  await ghl.close();
  const label = `${messages} messages, ${lostShare * 100} % lost answers, kill -9 at ${killed} random points, ${stops.size} people write STOP`;
  return [
    measure(`${label}: sent`, sent, ""),
    measure(`${label}: sent twice`, twice, "", { atMost: 0 }),
    measure(`${label}: sent after STOP`, afterStop, "", { atMost: 0 }),
    measure(`${label}: unresolved`, unresolved, "", { atMost: 0 }),
  ];
}
