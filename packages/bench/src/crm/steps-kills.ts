import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import { createGhl } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { pause, startChild } from "./child.ts";
import type { LeadFormOrder } from "./lead-form-process.ts";

const kills = 200;
/** More than are worked off while it is killed again and again. */
const formsPerKill = 8;

/** What a lead form sets off, with `kill -9` at random points; then it is started once more, and comes to its end. */
export async function stepsKills(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-steps-"));
  const emulator = createEmulator({ burstLimit: 1_000_000, dailyLimit: 10_000_000 });
  const { url, close } = await emulator.listen();
  try {
    const order = await orderOf(emulator, url, join(folder, "steps.db"));
    const random = seeded(2);
    let killed = 0;
    for (let at = 0; at < kills; at += 1) {
      let isDone = false;
      const ready = Promise.withResolvers<void>();
      const child = startChild("lead-form-process.ts", order, {
        onMessage: (message) => (message === "ready" ? ready.resolve() : (isDone = true)),
      });
      await ready.promise;
      await pause(random() * 400);
      if (isDone) break;
      await child.kill();
      killed += 1;
    }
    await startChild("lead-form-process.ts", order).gone;
    return await judge(order, killed);
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function orderOf(emulator: Emulator, baseUrl: string, database: string): Promise<LeadFormOrder> {
  const { tokens, locationId } = emulator.seed;
  const ghl = createGhl({ token: tokens.location, location: locationId, baseUrl });
  const { pipelines } = await ghl.location(locationId).opportunities.listPipelines();
  await ghl.close();
  const [pipeline] = pipelines;
  const stage = pipeline?.stages?.[0];
  if (pipeline?.id === undefined || stage?.id === undefined) throw new Error("The emulator has no pipeline.");
  const account = { baseUrl, token: tokens.location, locationId, pipelineId: pipeline.id, stageId: stage.id };
  return { ...account, database, forms: kills * formsPerKill };
}

async function judge({ baseUrl, forms, locationId, token }: LeadFormOrder, killed: number): Promise<readonly Measure[]> {
  const ghl = createGhl({ token, location: locationId, baseUrl, limits: { limit: 100_000 } });
  const location = ghl.location(locationId);
  let doubled = 0;
  let unfinished = 0;
  for (let form = 0; form < forms; form += 1) {
    const { contacts } = await location.contacts.search({
      body: { pageLimit: 10, filters: [{ field: "email", operator: "eq", value: `form${form}@example.com` }] },
    });
    const [contact] = contacts;
    const counts = contact === undefined ? [0] : [contacts.length, ...(await effectsOf(contact.id))];
    doubled += counts.filter((count) => count > 1).length;
    if (counts.some((count) => count === 0)) unfinished += 1;
  }
  await ghl.close();
  const label = `steps of ${forms} lead forms, kill -9 at ${killed} random points`;
  return [
    measure(`${label}: kills that met it at work`, killed, "", { atLeast: kills }),
    measure(`${label}: steps doubled`, doubled, "", { atMost: 0 }),
    measure(`${label}: forms unfinished after the last start`, unfinished, "", { atMost: 0 }),
  ];

  async function effectsOf(contactId: string): Promise<readonly number[]> {
    const { tasks } = await location.contacts.listTasks({ contactId });
    let messages = 0;
    for await (const { body = "" } of location.conversations.exportMessages({ contactId, limit: 100 }))
      if (body.startsWith("steps:")) messages += 1;
    let deals = 0;
    for await (const _ of location.opportunities.search({ contactId })) deals += 1;
    return [tasks.length, messages, deals];
  }
}
