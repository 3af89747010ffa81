import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalPlatform } from "@ghlkit/app-kit/server";
import { openPerson } from "@ghlkit/app-kit/story";
import { connectLocation } from "@ghlkit/app-kit/testing";
import { expect, it } from "vitest";
import type { Board } from "../src/board.ts";
import { startLeads } from "../src/server.ts";

it("shows and changes nothing of another location", async () => {
  const platform = await openLocalPlatform({ enforceBurstLimit: false });
  const { emulator } = platform;
  const { locationId, secondLocationId } = emulator.seed;
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-leads-"));
  const { served } = await startLeads({ ...(await platform.environment("oauth")), PORT: "0", DATA_FOLDER: folder });
  try {
    await connectLocation(emulator, served.url, locationId);
    await connectLocation(emulator, served.url, secondLocationId);
    emulator.webhooks.subscribe({ url: `${served.url}/webhooks` });
    const one = await openPerson(served.url, served.link(locationId));
    const other = await openPerson(served.url, served.link(secondLocationId));
    await one.send("/leads", { firstName: "Ada", email: "ada@example.com", interest: "Solar" });
    const { cards, lanes, pipeline } = await one.until<Board>((board) => board.cards.length > 0);
    const move = { id: cards[0]?.id, stage: lanes[1]?.id, from: lanes[0]?.id, pipeline: pipeline?.id };

    expect((await other.state<Board>()).cards).toEqual([]);
    await expect(other.send("/moves", move)).rejects.toThrow("This lead is not here any more.");
    await one.send("/moves", move);

    const { status } = await fetch(`${served.url}/events?topic=${locationId}&sign=forged&after=`);
    expect(status).toBe(401);
    expect((await fetch(served.url, { redirect: "manual" })).status).toBe(302);
  } finally {
    await served.close();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  }
});
