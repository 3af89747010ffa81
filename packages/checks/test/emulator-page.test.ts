import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { emulatorPage, emulatorPageFile } from "../src/emulator-page/emulator-page.ts";

test("docs/emulator-coverage.md is what `pnpm docs:emulator` makes of the emulator", { timeout: 300_000 }, async () => {
  expect(await readFile(emulatorPageFile, "utf8")).toBe(await emulatorPage());
});
