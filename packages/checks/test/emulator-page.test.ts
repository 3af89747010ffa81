import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { emulatorPage, emulatorPageFile, nameGapReasons } from "../src/emulator-page/emulator-page.ts";
import { renderEmulatorPage } from "../src/emulator-page/render-emulator-page.ts";

test("docs/emulator-coverage.md is what `pnpm docs:emulator` makes of the emulator", { timeout: 300_000 }, async () => {
  expect(await readFile(emulatorPageFile, "utf8")).toBe(await emulatorPage());
});

test("a name that requests and answers do not share needs a reason, and a reason needs such a name", { timeout: 300_000 }, async () => {
  await expect(renderEmulatorPage(new Map(), new Map())).rejects.toThrow(/Say in .*emulator-name-gaps\.tsv why .*\/products seo/);
  const reasons = new Map(await nameGapReasons());
  reasons.set("/products sieve", "no such field");
  await expect(renderEmulatorPage(new Map(), reasons)).rejects.toThrow(/take them out of .*: \/products sieve\./);
});
