import { createEmulator } from "@ghlkit/emulator";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { fillContacts, wrongContacts } from "./fill-emulator.ts";
import { syncHere } from "./sync-here.ts";

const seeds = 1000;
const contacts = 1000;

/** Records that change while they are listed, many of one moment, an index that lags behind, and clocks that are wrong. */
export async function movingLists(): Promise<readonly Measure[]> {
  return [...(await changedMeanwhile()), await sameMoment(), await lagAndSkew()];
}

/** A tenth of the contacts is changed between two pages of the backfill. */
async function changedMeanwhile(): Promise<readonly Measure[]> {
  const emulator = createEmulator({ enforceBurstLimit: false, dailyLimit: 100_000_000, journalSize: 0 });
  const ids = await fillContacts(emulator, { count: contacts, everyMs: 1000 });
  const filled = emulator.snapshot();
  let missed = 0;
  let behind = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    emulator.restore(filled);
    const random = seeded(seed);
    let left = contacts / 10;
    const update = async (): Promise<void> => {
      const contactId = ids[Math.floor(random() * ids.length)] ?? "";
      left -= 1;
      await put(emulator, contactId, { firstName: `Changed ${seed} ${left}` });
    };
    const world = syncHere({
      on: emulator,
      kinds: ["contacts"],
      change: async (_, answer) => {
        for (let more = contacts / 20; more > 0 && left > 0; more -= 1) await update();
        return answer;
      },
    });
    await world.sync.catchUp();
    while (left > 0) await update();
    behind += wrongContacts(emulator, await world.rows("contacts"));
    emulator.clock.advance(60_000);
    await world.sync.catchUp();
    missed += wrongContacts(emulator, await world.rows("contacts"));
    await world.sync.close();
  }
  const label = `${seeds} backfills of ${contacts} contacts, a tenth of them changed meanwhile`;
  return [
    measure(`${label}: records that are wrong at its end`, behind, ""),
    measure(`${label}: after one reading of changes`, missed, "", { atMost: 0 }),
  ];
}

/** Five thousand contacts of one millisecond, of which pages hold a tenth. */
async function sameMoment(): Promise<Measure> {
  const emulator = createEmulator({ enforceBurstLimit: false, journalSize: 0 });
  await fillContacts(emulator, { count: 5000, everyMs: 0 });
  const world = syncHere({ on: emulator, kinds: ["contacts"] });
  await world.sync.catchUp();
  emulator.clock.advance(60_000);
  await world.sync.catchUp();
  const wrong = wrongContacts(emulator, await world.rows("contacts"));
  await world.sync.close();
  return measure("5000 contacts of the same millisecond: records missed", wrong, "", { atMost: 0 });
}

/** Changes of a minute each, under every lag and skew. */
async function lagAndSkew(): Promise<Measure> {
  let missed = 0;
  let rounds = 0;
  for (const lagMs of [0, 1000, 10_000, 30_000]) {
    for (const skewMs of [-120_000, 0, 120_000]) {
      const emulator = createEmulator({ enforceBurstLimit: false, journalSize: 0 });
      const ids = await fillContacts(emulator, { count: 200, everyMs: 1000 });
      if (lagMs > 0) emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs });
      const world = syncHere({ on: emulator, kinds: ["contacts"], skewMs });
      await world.sync.catchUp();
      for (let round = 0; round < 20; round += 1) {
        await put(emulator, ids[round] ?? "", { firstName: `Round ${round}` });
        emulator.clock.advance(20_000);
        await world.sync.catchUp();
        rounds += 1;
      }
      emulator.clock.advance(90_000);
      await world.sync.catchUp();
      missed += wrongContacts(emulator, await world.rows("contacts"));
      await world.sync.close();
    }
  }
  return measure(`index lag of 0 to 30 s, clock off by up to 2 min, ${rounds} changes that are polled: records missed`, missed, "", {
    atMost: 0,
  });
}

async function put(emulator: ReturnType<typeof createEmulator>, contactId: string, body: object): Promise<void> {
  const answer = await emulator.fetch(`https://emulator.example/contacts/${contactId}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${emulator.seed.tokens.location}`, version: "v3", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The change was refused: ${answer.status}`);
}
