import { join } from "node:path";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { ThreadRow } from "@ghlkit/app-customer-communication/inbox";
import type { HostPage } from "@ghlkit/app-appointment-booking/host-page";
import type { Board } from "@ghlkit/app-lead-management/board";
import type { SellerState } from "@ghlkit/app-payments/view";
import { openPerson } from "@ghlkit/app-kit/story";
import { startPostgres, type Postgres } from "@ghlkit/test-servers/postgres";
import { startRedis, type RedisServer } from "@ghlkit/test-servers/redis";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAppProcess, type AppProcess } from "../src/app-process.ts";
import { openDemo, type Demo } from "../src/open-demo.ts";
import { storyWorld } from "../src/story-world.ts";

/** What each application shows of its story: enough to see that nothing of it is gone. */
const shownBy: Readonly<Record<string, (state: never) => unknown>> = {
  leads: ({ cards }: Board) => cards.map(({ id, stageId }) => [id, stageId]),
  inbox: ({ threads }: { readonly threads: readonly ThreadRow[] }) => threads.map(({ id, lastText }) => [id, lastText]),
  booking: ({ appointments }: HostPage) => appointments.map(({ id, start }) => [id, start]),
  payments: ({ rows }: SellerState) => rows.map(({ id, status, due }) => [id, status, due]),
};

describe("the applications on PostgreSQL and Redis", () => {
  let postgres: Postgres;
  let redis: RedisServer | undefined;
  let demo: Demo;
  const envOf = (name: string): Readonly<Record<string, string>> => ({
    GHL_DATABASE: postgres.connectionString.replace(/postgres$/, name),
    ...(redis !== undefined && { GHL_REDIS_URL: redis.url }),
    APP_SECRET: "only for tests, and the same for every replica",
  });
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const client = new Client(postgres);
    await client.connect();
    for (const name of Object.keys(shownBy)) await client.query(`create database ${name}`);
    await client.end();
    demo = await openDemo({ env: envOf });
  });
  afterAll(async () => {
    await demo?.close();
    await postgres?.stop();
    await redis?.kill();
  });

  const app = (name: string): AppProcess => demo.apps.find(({ application }) => application.name === name) as AppProcess;
  const shown = async (one: AppProcess): Promise<unknown> => {
    const person = await openPerson(one.url(), await one.link());
    return shownBy[one.application.name]?.((await person.state()) as never);
  };

  it.each(Object.keys(shownBy))("plays the story of %s, keeps it through kill -9, and goes on", async (name) => {
    const lines: string[] = [];
    await app(name).application.story(storyWorld(demo, app(name), (line) => lines.push(line)));
    const before = await shown(app(name));
    expect(lines.length).toBeGreaterThan(0);
    expect(before).not.toEqual([]);
    await app(name).kill();
    // What HighLevel did meanwhile may have come.
    await expect.poll(() => shown(app(name))).toEqual(before);
  });

  it.each(Object.keys(shownBy))("runs %s twice beside each other: what one does, the other shows", async (name) => {
    const folder = await mkdtemp(join(tmpdir(), "ghlkit-replica-"));
    const { locationId } = demo.platform.emulator.seed;
    const url = new URL(app(name).url());
    const env = await demo.platform.environment("oauth", url.origin);
    const replica = await startAppProcess(app(name).application, { ...env, ...envOf(name), DATA_FOLDER: folder }, locationId);
    try {
      expect(await shown(replica)).toEqual(await shown(app(name)));
      // A link of one, and a session of it, are good for the other.
      const { searchParams } = new URL(await app(name).link());
      const entered = await fetch(`${replica.url()}/enter?key=${searchParams.get("key")}`, { redirect: "manual" });
      expect(entered.status).toBe(303);
      await replica.application.story({ ...storyWorld(demo, replica, () => {}), url: replica.url() });
      await expect.poll(async () => JSON.stringify(await shown(app(name)))).toBe(JSON.stringify(await shown(replica)));
    } finally {
      await replica.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
