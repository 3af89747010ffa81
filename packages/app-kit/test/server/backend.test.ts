import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { openBackend } from "../../src/server/backend.ts";
import { openLocalPlatform } from "../../src/server/local-platform.ts";
import { serveApp } from "../../src/server/serve.ts";
import { readSettings } from "../../src/server/settings.ts";
import { createApp } from "../../src/server/app.ts";
import { followEmulatorClock } from "../../src/server/emulator-clock.ts";

const close = vi.hoisted(() => vi.fn<() => void>());
vi.mock("../../src/server/emulator-clock.ts", async (original) => {
  const real = await original<{ followEmulatorClock: typeof followEmulatorClock }>();
  return {
    followEmulatorClock: async (url: string) => {
      const clock = await real.followEmulatorClock(url);
      return { ...clock, close: () => (close(), clock.close()) };
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), "ghlkit-backend-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("follows the clock of the emulator no longer when it cannot be opened, or cannot listen", { timeout: 300_000 }, async () => {
  const platform = await openLocalPlatform();
  try {
    const env = { ...(await platform.environment("private")), DATA_FOLDER: folder, APP_CLOCK: "emulator" };
    const noFolder = { ...env, GHL_DATABASE: join(folder, "missing", "ghlkit.db") };
    await expect(openBackend(readSettings("test", noFolder, 0), { kinds: [] })).rejects.toThrow();
    expect(close).toHaveBeenCalledTimes(1);
    const noToken = { ...env, GHL_TOKEN: "" };
    await expect(openBackend(readSettings("test", noToken, 0), { kinds: [] })).rejects.toThrow();
    expect(close).toHaveBeenCalledTimes(2);
    const wrongKey = { ...(await platform.environment("oauth")), DATA_FOLDER: folder, APP_CLOCK: "emulator", GHL_WEBHOOK_KEY: "no key" };
    await expect(openBackend(readSettings("test", wrongKey, 0), { kinds: [] })).rejects.toThrow();
    expect(close).toHaveBeenCalledTimes(3);
    const backend = await openBackend(readSettings("test", { ...env, PORT: new URL(platform.url).port }, 0), { kinds: [] });
    const served = serveApp(createApp(backend, { title: "Test", scopes: [] }), backend);
    await expect(served).rejects.toMatchObject({ code: "invalid_request" });
    expect(close).toHaveBeenCalledTimes(4);
  } finally {
    await platform.close();
  }
});
