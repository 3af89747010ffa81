import { mkdir } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startBrowserApp, type BrowserApp } from "./browser-app.ts";
import { hasChromium, launchChromium } from "@ghlkit/test-servers/chromium";
import { pageProblems } from "./page-sanity.ts";

/** Set it to a folder to look at the pages. */
const pictures = process.env["BROWSER_PICTURES"];

// Skipped, with a warning, on a machine without Chromium; under CI=true a missing one fails the suite.
describe.skipIf(!hasChromium())("in a browser", { timeout: 300_000 }, () => {
  let browser: Browser;
  let app: BrowserApp;
  let page: Page;

  beforeAll(async () => void (browser = await launchChromium()), 30_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    app = await startBrowserApp();
    page = await browser.newPage();
  });
  afterEach(async () => {
    await page.close();
    await app.close();
  });

  /** Every page on the way is fit for people. */
  async function looked(name: string): Promise<void> {
    if (pictures !== undefined) {
      await mkdir(pictures, { recursive: true });
      await page.screenshot({ path: `${pictures}/${name}.png` });
    }
    expect(await pageProblems(page)).toEqual([]);
  }

  const heading = (): Promise<string | null> => page.textContent("h1");

  test("install as a location's admin, consent, callback, first call; the same callback again is refused", async () => {
    const { locationId } = app.emulator.seed;
    await page.goto(`${app.url}/oauth/install`);
    expect(page.url()).toContain(`${app.platformUrl}/v2/oauth/chooselocation`);
    await page.getByRole("link", { name: "Ada Admin (location)" }).click();
    await page.locator(`input[value="${locationId}"]`).check();
    await looked("consent-location");
    await page.getByRole("button", { name: /^Install for/ }).click();
    expect(await heading()).toBe("Connected");
    await looked("connected");
    expect(app.installed).toMatchObject([{ unsolicited: false, installation: { state: "active", principal: { resource: locationId } } }]);
    expect(await app.call({ kind: "location", resource: locationId }, "locations.get")).toMatchObject({ location: { id: locationId } });

    await page.reload();
    expect(await page.textContent("main")).toContain("state_used");
    await looked("replayed");
    expect(app.installed).toHaveLength(1);
  });

  test("install as the agency on several locations: each is callable, none has a token before", async () => {
    const { locationId, secondLocationId } = app.emulator.seed;
    await page.goto(`${app.url}/oauth/install`);
    for (const id of [locationId, secondLocationId]) await page.locator(`input[value="${id}"]`).check();
    await looked("consent-agency");
    await page.getByRole("button", { name: /^Install for/ }).click();
    expect(await heading()).toBe("Connected");
    await app.auth.installations.settled();
    expect(app.emulator.oauth.tokenRequests().filter(({ grant }) => grant === "location_token")).toEqual([]);
    for (const resource of [locationId, secondLocationId])
      expect(await app.call({ kind: "location", resource }, "locations.get")).toMatchObject({ location: { id: resource } });
  });

  test("deny: a page that says what to do, and nothing installed", async () => {
    await page.goto(`${app.url}/oauth/install`);
    await page.getByRole("button", { name: "Deny" }).click();
    expect(await page.textContent("main")).toMatch(/Start again.*access_denied/s);
    await looked("denied");
    expect(app.installed).toEqual([]);
    expect(app.emulator.oauth.tokenRequests()).toEqual([]);
    expect((await page.goto(page.url()))?.status()).toBe(403);
  });

  test("an install from the marketplace is bound only after a click on the page that names the account", async () => {
    const { locationId, companyId } = app.emulator.seed;
    await page.goto(`${app.platformUrl}/_emulator/portal?redirect_uri=${encodeURIComponent(`${app.url}/oauth/callback`)}`);
    await looked("portal");
    await page.getByRole("button", { name: "Install" }).click();
    await page.locator(`input[value="${locationId}"]`).check();
    await page.getByRole("button", { name: /^Install for/ }).click();
    expect(await heading()).toBe("Connect this account?");
    expect(await page.textContent("main")).toContain(companyId);
    await looked("confirm");
    expect(app.installed).toEqual([]);
    await page.getByRole("button", { name: "Connect" }).click();
    expect(await heading()).toBe("Connected");
    expect(app.installed).toMatchObject([{ unsolicited: true }]);
  });

  test("a consent page that cannot go on says why", async () => {
    await page.goto(`${app.platformUrl}/v2/oauth/chooselocation?client_id=unknown`);
    await looked("consent-problem");
    expect(await page.textContent("main")).toContain("No integration found");
  });

  test("a custom page learns who looks at it; a parent of another origin is not heard, and an abort ends the wait", async () => {
    const show = async (parent: string): Promise<string | null> => {
      const url = encodeURIComponent(`${app.url}/page?parent=${encodeURIComponent(parent)}`);
      await page.goto(`${app.platformUrl}/_emulator/custom-page?url=${url}`);
      const who = page.frameLocator("#custom-page").locator("#who", { hasNotText: "asking" });
      return who.textContent();
    };
    await show(app.platformUrl);
    await expect.poll(() => page.frameLocator("#custom-page").locator("#who").textContent()).toBe("Ada Admin, aborted");
    await looked("custom-page");
    expect(await show("https://elsewhere.example")).toMatch(/^timeout: .*parentOrigins/);
    await page.goto(`${app.url}/page?parent=x`);
    await expect.poll(() => page.textContent("#who")).toMatch(/^invalid_request: .*not in a frame/);
  });
});
