import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { run } from "./run.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { readonly version: string };

describe("ghlkit", () => {
  it.each(["--version", "-v"])("%s prints the version", async (flag) => {
    expect(await run(flag)).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it.each([
    [["--versoin"], "Did you mean --version?"],
    [["webhook"], "Did you mean webhooks?"],
    [["webhooks", "listen", "--app", "a", "--prot", "1"], "Did you mean --port?"],
    [["webhooks", "listen", "--nothing-like-it"], "--help"],
  ])("%j says what could be meant", async (args, hint) => {
    const { code, err } = await run(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(hint)]);
  });
});
