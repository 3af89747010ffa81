import { startPostgres, type Postgres } from "@ghlkit/test-servers/postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kinds, type CopyEngine } from "../../src/index.ts";
import { postgres } from "../../src/postgres/index.ts";
import { differences } from "../copy-and-platform.ts";
import { addActivity, addContacts, syncOnEmulator, withReceiver } from "../sync-on-emulator.ts";
import { describeReports } from "../report/describe-reports.ts";
import { describeCopy } from "./describe-copy.ts";

let server: Postgres | undefined;
const opened: CopyEngine[] = [];

beforeAll(async () => {
  server = await startPostgres();
}, 300_000);

afterAll(async () => {
  for (const engine of opened) await engine.close();
  await server?.stop();
}, 300_000);

function open(schema: string): CopyEngine {
  const engine = postgres({ connectionString: server?.connectionString ?? "", schema });
  opened.push(engine);
  return engine;
}

describeCopy("PostgreSQL", open);

describeReports("PostgreSQL", () => open("reports"));

describe("a sync into PostgreSQL", () => {
  it("backfills, follows webhooks, and finds by reconciliation what is gone", async () => {
    const world = syncOnEmulator({ into: open("whole") });
    const [gone = "", ...ids] = await addContacts(world, 4);
    await addActivity(world, ids.slice(0, 2));
    await withReceiver(world, async ({ settle }) => {
      await world.sync.catchUp();
      await addActivity(world, ids.slice(2));
      await settle();
      world.emulator.clock.advance(900_000);
      await world.sync.catchUp();
      expect(await differences(world, kinds)).toEqual([]);
      expect((await world.sync.health()).map(({ phase }) => phase)).toEqual(kinds.map(() => "live"));
    });
    await world.ghl.location(world.locationId).contacts.delete({ contactId: gone });
    await world.sync.reconcile();
    expect(await differences(world, kinds)).toEqual([]);
    expect(await world.rows("select * from $s.ghl_type_problems")).toEqual([]);
  }, 300_000);
});
