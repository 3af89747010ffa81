import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@ghlkit/test-servers/chromium";
import { openDemo } from "./open-demo.ts";
import { playStories } from "./play-stories.ts";
import { openStartPage } from "./start-page.ts";

// Every page after its story, at 1280 and 390 px, light and dark, for people to look at: `.tmp/screens`.
const folder = fileURLToPath(new URL("../../../.tmp/screens/", import.meta.url));
await mkdir(folder, { recursive: true });
const demo = await openDemo();
const start = await openStartPage(demo, 0);
const browser = await launchChromium();
try {
  await playStories(demo, console.log);
  const { locationId } = demo.platform.emulator.seed;
  for (const width of [1280, 390])
    for (const scheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 800 }, colorScheme: scheme });
      const page = await context.newPage();
      const shoot = async (name: string): Promise<void> => {
        await page.locator("main *:visible").first().waitFor();
        await page.waitForTimeout(500);
        await page.screenshot({ path: `${folder}${name}-${width}-${scheme}.png` });
      };
      await page.goto(start.url);
      await shoot("start");
      for (const app of demo.apps) {
        await page.goto(await app.link());
        await shoot(app.application.name);
        if (app.application.name === "inbox") {
          await page.locator(".thread").first().click();
          await page.locator("#messages").waitFor();
          await shoot("inbox-thread");
        }
        if (app.application.name === "booking") {
          await page.goto(`${app.url()}/book/${locationId}`);
          // On the last day of a month its times may be over.
          const next = page.getByRole("button", { name: /^Next: / });
          await page.locator(".day.open").or(next).first().waitFor();
          if (await next.isVisible()) await next.click();
          else await page.locator(".day.open").first().click();
          await shoot("booking-times");
        }
      }
      await context.close();
    }
  console.log(`\nScreens are in ${folder}`);
} finally {
  await browser.close();
  await start.close();
  await demo.close();
}
