import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@ghlkit/emulator";
import { afterAll, expect, it } from "vitest";
import { followEmulatorClock } from "../../src/server/emulator-clock.ts";
import { readSettings } from "../../src/server/settings.ts";

const hour = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), "ghlkit-clock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("leaps with the emulator, and does in order what became due", async () => {
  const emulator = createEmulator();
  const { url, close } = await emulator.listen();
  const clock = await followEmulatorClock(url, 5);
  try {
    const done: string[] = [];
    const begun = clock.monotonic?.() ?? 0;
    const isOver = new Promise<void>((resolve) => clock.after(3 * hour, resolve));
    clock.after(2 * hour, () => done.push("two hours"));
    clock.after(hour, () => done.push("one hour"));
    clock.after(hour, () => done.push("cancelled"))();
    clock.after(24 * hour, () => done.push("a day"));
    emulator.clock.advance(3 * hour);
    await isOver;
    expect(done).toEqual(["one hour", "two hours"]);
    expect(Math.abs(clock.now() - emulator.clock.now())).toBeLessThan(hour);
    expect((clock.monotonic?.() ?? 0) - begun).toBeGreaterThanOrEqual(3 * hour);
  } finally {
    clock.close();
    await close();
  }
});

it("runs on when the emulator is gone, and needs it at first", async () => {
  const emulator = createEmulator();
  const { url, close } = await emulator.listen();
  const clock = await followEmulatorClock(url, 5);
  await close();
  await new Promise<void>((resolve) => clock.after(20, resolve));
  clock.close();
  await expect(followEmulatorClock(url)).rejects.toThrow();
});

it("is refused beside the platform", () => {
  const env = { APP_CLOCK: "emulator", DATA_FOLDER: folder };
  expect(() => readSettings("app", env, 0)).toThrow("APP_CLOCK=emulator needs an emulator");
  expect(() => readSettings("app", { ...env, GHL_BASE_URL: "https://services.leadconnectorhq.com" }, 0)).toThrow("needs an emulator");
  expect(() => readSettings("app", { ...env, APP_CLOCK: "fast" }, 0)).toThrow("APP_CLOCK is machine or emulator.");
  expect(readSettings("app", { ...env, GHL_BASE_URL: "http://127.0.0.1:4010" }, 0).followsEmulator).toBe(true);
  expect(readSettings("app", { DATA_FOLDER: folder }, 0).followsEmulator).toBe(false);
});
