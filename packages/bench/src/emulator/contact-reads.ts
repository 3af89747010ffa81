import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { measure, median, type Measure } from "../measure.ts";
import { elapsedMs } from "./elapsed-ms.ts";
import { emulatorModules, type EmulatorModule } from "./emulator-module.ts";

const reads = 4000;
const rounds = 7;
const inFlight = 20;

/** Reads of one contact, in process and over loopback; this version and the one before in turn. */
export async function contactReads(): Promise<readonly Measure[]> {
  const { now, before } = await emulatorModules();
  const own: number[] = [];
  const older: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    own.push(await readsInProcess(now));
    if (before !== undefined) older.push(await readsInProcess(before));
  }
  const against = before === undefined ? {} : { before: median(older) };
  const ratio =
    before === undefined ? [] : [measure("contact reads, against the version before", median(own) / median(older), "", { atLeast: 0.9 })];
  return [measure("contact reads in process", median(own), "/s", { atLeast: 20_000 }, against), ...ratio, await readsOverLoopback()];
}

async function readsInProcess({ createEmulator }: EmulatorModule): Promise<number> {
  const emulator = createEmulator({ burstLimit: 1e9, journalSize: 0 });
  const { tokens, locationId } = emulator.seed;
  const headers = { Authorization: `Bearer ${tokens.location}`, Version: "v3", "Content-Type": "application/json" };
  const body = JSON.stringify({ locationId, email: "ann@example.com", firstName: "Ann" });
  const created = await emulator.fetch("http://emulator.test/contacts/", { method: "POST", headers, body });
  const { contact } = (await created.json()) as { readonly contact: { readonly id: string } };
  const request = new Request(`http://emulator.test/contacts/${contact.id}`, { headers });
  const read = async (): Promise<void> => {
    for (let index = 0; index < reads; index += 1) await (await emulator.fetch(request)).text();
  };
  await read();
  return reads / ((await elapsedMs(read)) / 1000);
}

/** With the client in this process and the server in another; beside it what the server would do with a core of its own. */
async function readsOverLoopback(): Promise<Measure> {
  const child = fork(fileURLToPath(new URL("serving-process.ts", import.meta.url)), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [{ url, path, headers }] = (await once(child, "message")) as [{ url: string; path: string; headers: Record<string, string> }];
  const client = new Pool(url, { connections: inFlight });
  try {
    const processorMs = async (): Promise<number> => {
      child.send("cpu");
      return ((await once(child, "message")) as [number])[0];
    };
    const read = async (): Promise<void> => {
      let left = reads;
      const reader = async (): Promise<void> => {
        while (left-- > 0) await (await client.request({ path, method: "GET", headers })).body.text();
      };
      await Promise.all(Array.from({ length: inFlight }, reader));
    };
    await read();
    const rates: number[] = [];
    const before = await processorMs();
    for (let round = 0; round < rounds; round += 1) rates.push(reads / ((await elapsedMs(read)) / 1000));
    const perProcessorSecond = (rounds * reads) / (((await processorMs()) - before) / 1000);
    const against = { "per second of the server's processor time": perProcessorSecond };
    return measure("contact reads over loopback", median(rates), "/s", { atLeast: 7500 }, against);
  } finally {
    await client.close();
    child.kill();
  }
}
