import { describe, expect, it } from "vitest";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { delivery, filledInbox, finish } from "../filled-inbox.ts";
import { run } from "../run.ts";

const hour = 3_600_000;
const states = async (path: string): Promise<Record<string, string>> => {
  const storage = createSqliteStorage({ path });
  const { deliveries } = await storage.inbox.query();
  await storage.close();
  return Object.fromEntries(deliveries.map(({ id, state }) => [id, state]));
};
const inbox = (): Promise<string> =>
  filledInbox(async (box) => {
    await box.insert(delivery("dead", {}, { receivedAt: Date.now() - 3 * hour }));
    await finish(box, "dead");
    await box.insert(delivery("old", {}, { receivedAt: Date.now() - 3 * hour }));
    await box.insert(delivery("new", {}, { type: "TaskCreate" }));
    await finish(box, "done");
    await box.insert(delivery("waiting"));
  });

describe("replay", () => {
  it.each([
    [["dead"], ["dead"]],
    [["--dead"], ["dead"]],
    [["--since", "1h"], ["new"]],
    [
      ["--type", "ContactCreate"],
      ["dead", "old"],
    ],
    [["--type", "ContactCreate", "--dead"], ["dead"]],
    [
      ["--since", "5h"],
      ["dead", "new", "old"],
    ],
  ])("%j makes wait what it names and nothing else, once", async (args, names) => {
    const db = await inbox();
    const before = await states(db);
    const first = await run("webhooks", "replay", ...args, "--json", "--db", db);
    expect([first.code, JSON.parse(first.out)]).toEqual([0, { replayed: names.length }]);
    expect(await states(db)).toEqual({ ...before, ...Object.fromEntries(names.map((name) => [name, "waiting"])) });
    const again = await run("webhooks", "replay", ...args, "--db", db);
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/waiting already|Nothing to replay/)]);
  });

  it.each([
    [[], 2, "Name what to replay"],
    [["dead", "--dead"], 2, "not both"],
    [["--since", "soon"], 2, "--since takes"],
  ])("%j is called wrongly", async (args, code, message) => {
    const { code: got, err } = await run("webhooks", "replay", ...args, "--db", await inbox());
    expect([got, err]).toEqual([code, expect.stringContaining(message)]);
  });

  it("fails for an id that is not there", async () => {
    const { code, out } = await run("webhooks", "replay", "other", "--db", await inbox());
    expect([code, out]).toEqual([1, "There is no delivery other.\n"]);
  });
});

describe("dead", () => {
  it("lists what was given up, and is not ok then", async () => {
    const db = await inbox();
    const { code, out } = await run("webhooks", "dead", "--db", db);
    expect([code, out]).toEqual([1, expect.stringContaining("1 dead:")]);
    expect(out).toContain("Error: no");
    expect(out).not.toContain("old");
    expect(JSON.parse((await run("webhooks", "dead", "--json", "--db", db)).out)).toMatchObject({ dead: 1, deliveries: [{ id: "dead" }] });
    await run("webhooks", "replay", "--dead", "--db", db);
    expect(await run("webhooks", "dead", "--db", db)).toMatchObject({ code: 0, out: "Nothing is dead.\n" });
    expect((await run("webhooks", "dead", "--limit", "0", "--db", db)).code).toBe(2);
  });
});
