import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { createEmulator } from "@ghlkit/emulator";
import { createMarketplaceSource } from "@ghlkit/webhooks";
import { appId, bodyOf, serving } from "../endpoint.ts";
import { freshPath } from "../filled-inbox.ts";
import { run } from "../run.ts";
import { spawned, type Spawned } from "../spawned.ts";

const listening = (db: string, ...args: readonly string[]): Spawned =>
  spawned("webhooks", "listen", "--app", appId, "--port", "0", "--db", db, "--emulator-key", ...args);
const urlOf = async (listener: Spawned): Promise<string> => /http:\/\/\S+/.exec(await listener.line("listening"))?.[0] ?? "";
const trigger = (url: string, id: string): ReturnType<typeof run> =>
  run("webhooks", "trigger", "ContactCreate", "--url", url, "--app", appId, "--field", `webhookId=${id}`);

// Each test starts several processes, which take their time on a busy machine.
describe("listen", { timeout: 300_000 }, () => {
  it("shows what comes in, what it refuses, what it has, and after a restart what came before", async () => {
    const db = freshPath();
    const first = listening(db);
    const url = await urlOf(first);
    expect((await trigger(url, "hook-1")).code).toBe(0);
    expect(await first.line("hook-1")).toMatch(/event +ContactCreate +contact:\S+ +\S+ +hook-1/);
    await trigger(url, "hook-1");
    expect(await first.line("duplicate")).toContain("hook-1");
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(401);
    expect(await first.line("refused")).toContain("signature_missing");
    expect((await fetch(new URL("/elsewhere", url), { method: "POST" })).status).toBe(404);
    await first.line("/elsewhere");
    first.kill("SIGTERM");
    expect(await first.ended).toMatchObject({ code: 0 });

    const second = listening(db, "--since", "1h", "--json");
    const earlier = JSON.parse(await second.line("hook-1")) as unknown;
    expect(earlier).toMatchObject({ kind: "earlier", type: "ContactCreate", id: "hook-1", detail: "done" });
    expect(second.lines().length).toBe(1);
  });

  it("shows again what another process replays, once, after the listener that showed it first was killed", async () => {
    const db = freshPath();
    const first = listening(db);
    await trigger(await urlOf(first), "hook-1");
    await first.line("hook-1");
    await expect.poll(async () => (await run("webhooks", "inspect", "hook-1", "--json", "--db", db)).out).toContain('"state":"done"');
    first.kill("SIGKILL");
    expect((await first.ended).code).toBeNull();

    const second = listening(db);
    await urlOf(second);
    expect((await run("webhooks", "replay", "hook-1", "--db", db)).out).toContain("1 delivery waits again");
    expect(await second.line("hook-1")).toContain("event");
    second.kill("SIGTERM");
    expect((await second.ended).code).toBe(0);
    expect(second.lines().filter((line) => line.includes("hook-1")).length).toBe(1);
  });

  it("passes the bytes on with their signature, and ends badly while the app does not take them", async () => {
    const { ed25519 } = await createEmulator().webhookPublicKeys();
    const source = createMarketplaceSource({ appId, additionalKeys: [ed25519] });
    let status = 500;
    const verdicts: boolean[] = [];
    const app = await serving((request, response) => {
      void bodyOf(request).then(async (body) => {
        verdicts.push((await source.verify({ body, headers: request.headers })).valid);
        response.writeHead(status).end();
      });
    });
    const db = freshPath();
    const listener = listening(db, "--forward", app);
    const url = await urlOf(listener);
    await trigger(url, "hook-1");
    expect(await listener.line("failed")).toContain(`${app} answered 500.`);
    listener.kill("SIGTERM");
    expect((await listener.ended).code).toBe(1);
    expect(verdicts).toEqual([true]);

    status = 200;
    const again = listening(db, "--forward", app);
    expect(await again.line("forwarded")).toContain("hook-1");
    again.kill("SIGTERM");
    expect((await again.ended).code).toBe(0);
  });

  it.each([
    ["a port in use", async () => ["--port", new URL(await serving(() => {})).port], "is in use"],
    ["an app that is not there", () => ["--forward", "http://127.0.0.1:9/"], "Nothing listens at http://127.0.0.1:9/"],
    ["a folder that is not there", () => ["--db", "/no/such/folder/a.db"], "The folder /no/such/folder does not exist"],
  ])("says in one sentence that it cannot start: %s", async (_, more, message) => {
    const { code, err } = await listening(freshPath(), ...(await more())).ended;
    expect([code, err.trim().split("\n").length]).toEqual([1, 1]);
    expect(err).toContain(message);
  });

  it("says that the file is locked", async () => {
    const db = freshPath();
    const locker = new DatabaseSync(db);
    locker.exec("begin exclusive");
    const { code, err } = await listening(db).ended;
    locker.close();
    expect([code, err]).toEqual([1, expect.stringContaining("is locked by another process")]);
  }, 300_000);

  it.each([
    [[], "--app"],
    [["--app", "a", "--port", "many"], "--port"],
    [["--app", "a", "--path", "hooks"], "--path begins with a slash"],
    [["--app", "a", "--forward", "https://app.example/"], "--allow-remote"],
  ])("%j is called wrongly", async (args, message) => {
    const { code, err } = await run("webhooks", "listen", ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
