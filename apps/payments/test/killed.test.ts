import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLocalPlatform, type LocalPlatform } from "@ghlkit/app-kit/server";
import { openPerson } from "@ghlkit/app-kit/story";
import { hasChromium } from "@ghlkit/app-kit/testing";
import { launchChromium } from "@ghlkit/test-servers/chromium";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SellerState } from "../src/view.ts";
import { pay, until, workshop } from "./world.ts";

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly link: () => Promise<string>;
}

describe.skipIf(!hasChromium())("payments in a process that is killed", () => {
  let platform: LocalPlatform;
  let browser: Browser;
  let folder: string;
  let running: Started;
  beforeAll(async () => {
    [platform, browser, folder] = [await openLocalPlatform(), await launchChromium(), await mkdtemp(join(tmpdir(), "ghlkit-payments-"))];
    running = await start(0);
  });
  afterAll(async () => {
    running.child.kill("SIGKILL");
    await browser.close();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(port: number): Promise<Started> {
    const env = { ...process.env, ...(await platform.environment("private")), DATA_FOLDER: folder, PORT: String(port) };
    const child = fork(fileURLToPath(new URL("../src/main.ts", import.meta.url)), { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const { url } = await new Promise<{ readonly url: string }>((resolve) =>
      child.once("message", (message) => resolve(message as { url: string })),
    );
    const link = async (): Promise<string> => {
      child.send({ type: "link" });
      return new Promise((resolve) => child.once("message", (message) => resolve((message as { link: string }).link)));
    };
    return { child, url, link };
  }

  const done = (operation: string): number =>
    platform.emulator.requests().filter((one) => one.operation === operation && one.status < 300).length;

  it("goes on where it was: one invoice, one payment, and the page comes back by itself", async () => {
    const seller = await openPerson(running.url, await running.link());
    const { id } = await seller.send<{ readonly id: string }>("/quotes", workshop);
    const { link = "" } = await seller.state<SellerState>(`/?id=${id}`);
    const page = await browser.newPage();
    await page.goto(`${running.url}${link}`);
    platform.emulator.faults.add({ operation: "invoices.send", kind: "latency", delayMs: 60_000 });
    await page.getByRole("button", { name: "Accept for $100.00" }).click();
    await until(() => done("invoices.createFromEstimate") === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const gone = once(running.child, "exit");
    running.child.kill("SIGKILL");
    // Its port is free.
    await gone;
    platform.emulator.faults.clear();
    running = await start(Number(new URL(running.url).port));
    await page.getByText("$100.00 due", { exact: true }).waitFor({ timeout: 300_000 });
    expect(done("invoices.createFromEstimate")).toBe(1);
    await pay(page);
    await page.getByText("Paid in full. Thank you.").waitFor({ timeout: 300_000 });
    expect(done("invoices.recordPayment")).toBe(1);
  });
});
