import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@ghlkit/emulator";
import { createGhl } from "ghlkit";
import { measure, type Measure } from "../measure.ts";
import { seeded } from "@ghlkit/test-servers/seeded";
import { pause, startChild } from "./child.ts";
import type { ImportOrder } from "./import-process.ts";

const rows = 5000;
const kills = 20;

/** `kill -9` of an import at random points; it is started again each time, and once more to come to its end. */
export async function bulkKills(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-import-"));
  const emulator = createEmulator({ burstLimit: 1_000_000, dailyLimit: 10_000_000 });
  const { url, close } = await emulator.listen();
  try {
    const { tokens, locationId } = emulator.seed;
    const csv = join(folder, "leads.csv");
    await writeFile(csv, `email,name\n${Array.from({ length: rows }, (_, row) => `lead${row}@example.com,Lead ${row}\n`).join("")}`);
    const order: ImportOrder = {
      baseUrl: url,
      token: tokens.location,
      locationId,
      csv,
      database: join(folder, "import.db"),
      results: join(folder, "results.csv"),
    };
    const killed = await killAtRandom(order);
    await startChild("import-process.ts", order).gone;
    return await judge(order, killed);
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs until each kill has met an import at work. */
async function killAtRandom(order: ImportOrder): Promise<number> {
  const random = seeded(1);
  let killed = 0;
  for (let at = 0; at < kills; at += 1) {
    const atWork = Promise.withResolvers<void>();
    const child = startChild("import-process.ts", order, { onMessage: () => atWork.resolve() });
    const gone = child.gone.then(() => true);
    await Promise.race([gone, atWork.promise]);
    // Twenty of these are shorter than the import.
    const isOver = await Promise.race([gone, pause(20 + random() * 250).then(() => false)]);
    if (isOver) break;
    await child.kill();
    killed += 1;
  }
  return killed;
}

async function judge({ baseUrl, token, locationId, results }: ImportOrder, killed: number): Promise<readonly Measure[]> {
  const lines = (await readFile(results, "utf8")).trim().split("\n").slice(1);
  const perLine = countBy(lines.map((line) => line.split(",", 1)[0] ?? ""));
  const outcomes = countBy(lines.map((line) => line.split(",")[1] ?? ""));
  const ghl = createGhl({ token, location: locationId, baseUrl, limits: { limit: 100_000 } });
  const emails: string[] = [];
  for await (const { email } of ghl.location(locationId).contacts.search({ body: { pageLimit: 500 } }))
    if (email?.startsWith("lead") === true) emails.push(email);
  await ghl.close();
  const label = `bulk, kill -9 at ${killed} random points of ${rows} rows`;
  const without = Array.from({ length: rows }, (_, row) => perLine.get(String(row + 2)) ?? 0).filter((count) => count !== 1).length;
  const twice = [...countBy(emails).values()].filter((count) => count > 1).length;
  return [
    measure(`${label}: kills that met it at work`, killed, "", { atLeast: kills }),
    measure(`${label}: rows without exactly one outcome`, without, "", { atMost: 0 }),
    measure(`${label}: contacts that are there twice`, twice, "", { atMost: 0 }),
    measure(`${label}: contacts`, emails.length, "", { atLeast: rows }),
    measure(`${label}: rows whose outcome is adopted`, outcomes.get("adopted") ?? 0, ""),
  ];
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
