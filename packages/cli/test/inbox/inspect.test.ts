import { describe, expect, it } from "vitest";
import { delivery, filledInbox, finish, freshPath } from "../filled-inbox.ts";
import { run } from "../run.ts";

const two = (): Promise<string> =>
  filledInbox(async (inbox) => {
    await inbox.insert(delivery("a", { name: "Ann\u001b[31m", tags: ["x"], gone: 1 }));
    await inbox.insert(delivery("a"));
    await inbox.insert(delivery("b", { name: "Bea", tags: ["x", "y"] }));
    await finish(inbox, "dead", "Error: the \u001b[2Jdatabase is down");
  });

describe("inspect", () => {
  it("shows everything that is known of a delivery, and lets nothing of it steer the terminal", async () => {
    const { code, out } = await run("webhooks", "inspect", "a", "--db", await two());
    expect(code).toBe(0);
    for (const text of ["dead since", "attempts    1", "duplicates  1", "content-type: application/json", '"tags": [', "bytes as sent"])
      expect(out).toContain(text);
    expect(out).toContain("Error: the \\u001b[2Jdatabase is down");
    expect(out).not.toContain("\u001b");
  });

  it("prints it as JSON", async () => {
    const { out } = await run("webhooks", "inspect", "b", "--json", "--db", await two());
    expect(JSON.parse(out)).toMatchObject({ id: "b", state: "dead", attempts: 1, duplicates: 0, body: { name: "Bea" } });
  });

  it("shows how two bodies differ", async () => {
    const db = await two();
    const { code, out } = await run("webhooks", "inspect", "a", "b", "--db", db);
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual(
      expect.arrayContaining(["--- a", "+++ b", '+ name: "Bea"', '+ tags[1]: "y"', "- gone: 1"]), // prettier-ignore
    );
    expect(out).not.toContain("tags[0]");
    const { changes } = JSON.parse((await run("webhooks", "inspect", "a", "b", "--json", "--db", db)).out) as { changes: unknown };
    expect(changes).toContainEqual({ path: "tags[1]", after: "y" });
  });

  it("fails for an id that is not there and for a file that is not there, which it does not make", async () => {
    const unknown = await run("webhooks", "inspect", "c", "--db", await two());
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("no delivery c")]);
    const path = freshPath();
    for (const times of [1, 2]) {
      const missing = await run("webhooks", "inspect", "c", "--db", path);
      expect([times, missing.code, missing.err]).toEqual([times, 1, expect.stringContaining("There is no file")]);
    }
  });
});
