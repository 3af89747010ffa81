import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { startAppProcess, type AppProcess } from "../src/app-process.ts";
import { applications, type Application } from "../src/applications.ts";

const folder = mkdtempSync(join(tmpdir(), "ghlkit-app-process-"));
const [endFile, startFile] = [join(folder, "end"), join(folder, "start")];
const main = fileURLToPath(new URL("silent-app.ts", import.meta.url));
const timeout = 300_000;
let app: AppProcess;
beforeEach(async () => {
  for (const file of [endFile, startFile]) rmSync(file, { force: true });
  app = await startAppProcess({ ...(applications[0] as Application), main }, { END_WHEN_THERE: endFile, START_FILE: startFile }, "here");
}, timeout);
afterEach(() => app.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const restartBegins = (pid: number): Promise<void> => expect.poll(() => app.pid(), { timeout }).not.toBe(pid);

it("comes back when it is killed, and when it is killed again before it listens", { timeout }, async () => {
  const url = app.url();
  const first = app.pid();
  writeFileSync(startFile, "1500");
  const killed = app.kill();
  await restartBegins(first);
  const second = app.pid();
  await Promise.all([killed, app.kill(), app.kill()]);
  expect([first, second]).not.toContain(app.pid());
  expect(await app.link()).toBe(`link of ${app.pid()}`);
  expect(app.url()).toBe(url);
});

it("closes while a restart is under way", { timeout }, async () => {
  const first = app.pid();
  writeFileSync(startFile, "600000");
  const killed = app.kill().catch((error: unknown) => error);
  await restartBegins(first);
  await app.close();
  expect(await killed).toBeInstanceOf(Error);
  expect(() => process.kill(app.pid(), 0)).toThrow();
});

it("is left after five restarts that failed: kill rejects, and close ends", { timeout }, async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  writeFileSync(endFile, "");
  await expect(app.kill()).rejects.toThrow("ended with code 3 before it listened");
  await expect(app.link()).rejects.toThrow("before it listened");
  expect(logged).toHaveBeenCalledTimes(1);
  logged.mockRestore();
});
