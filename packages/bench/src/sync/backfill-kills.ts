import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@ghlkit/emulator";
import { sqlite } from "@ghlkit/sync/sqlite";
import { pause, startChild } from "../crm/child.ts";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import type { BackfillOrder } from "./backfill-process.ts";
import { fillContacts, wrongContacts } from "./fill-emulator.ts";

const contacts = 100_000;
const kills = 100;
const pages = Math.ceil(contacts / 500);

/** `kill -9` of a backfill at random points, until it comes to its end. */
export async function backfillKills(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-backfill-"));
  const emulator = createEmulator({ burstLimit: 1_000_000, dailyLimit: 10_000_000, journalSize: 20_000 });
  await fillContacts(emulator, { count: contacts, everyMs: 1000 });
  const { url, close } = await emulator.listen();
  try {
    const { tokens, locationId } = emulator.seed;
    const order: BackfillOrder = { baseUrl: url, token: tokens.location, locationId, copy: join(folder, "crm.db") };
    const random = seeded(1);
    let killed = 0;
    let isDone = false;
    while (!isDone) {
      const begun = Promise.withResolvers<void>();
      const child = startChild("../sync/backfill-process.ts", order, {
        onMessage: (message) => {
          const { type } = message as { readonly type: string };
          if (type === "begun") begun.resolve();
          if (type === "done") isDone = true;
        },
      });
      const gone = child.gone.then(() => true);
      await Promise.race([gone, begun.promise]);
      if (killed >= kills || (await Promise.race([gone, pause(20 + random() * 400).then(() => false)]))) {
        await gone;
        continue;
      }
      await child.kill();
      killed += 1;
    }
    const copy = sqlite(order.copy);
    const rows = await copy.all("select id, raw from $s.ghl_contacts");
    await copy.close();
    const searches = emulator.requests().filter(({ operation }) => operation === "contacts.search").length;
    const label = `backfill of ${contacts} contacts, kill -9 at ${killed} random points`;
    return [
      measure(`${label}: kills that met it at work`, killed, "", { atLeast: kills }),
      measure(
        `${label}: records missing, doubled or other than on the platform`,
        wrongContacts(emulator, rows) + rows.length - new Set(rows.map(({ id }) => id)).size,
        "",
        { atMost: 0 },
      ),
      measure(`${label}: pages read again per kill`, (searches - pages) / killed, "", { atMost: 1 }),
    ];
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}
