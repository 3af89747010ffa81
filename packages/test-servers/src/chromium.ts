import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Whether there is a browser to test in. Where CI says so there has to be one. */
export function hasChromium(): boolean {
  if (existsSync(executablePath)) return true;
  const missing = `No chromium at ${executablePath}. Run: apt-get install -y chromium   (or set CHROMIUM_PATH)`;
  if (process.env["CI"] === "true") throw new Error(missing);
  console.warn(`\n!!! The browser tests are SKIPPED. ${missing}\n`);
  return false;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args });
}
