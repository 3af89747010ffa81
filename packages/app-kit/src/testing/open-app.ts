import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator, EmulatorOptions } from "@ghlkit/emulator";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { hasChromium, launchChromium } from "@ghlkit/test-servers/chromium";
import { openLocalPlatform } from "../server/local-platform.ts";
import type { Environment } from "../server/settings.ts";
import type { Served } from "../server/serve.ts";
import { connectLocation } from "./connect-location.ts";
import { createLeapClock, type LeapClock } from "./leap-clock.ts";

export { hasChromium };

/** An application that answers, in this process or in another one. */
interface AppServed {
  readonly served: Pick<Served, "url" | "close"> & { readonly link: (locationId: string) => string | Promise<string> };
}

/** How an application is started: by its environment, on a clock. */
export type StartApp<Running extends AppServed> = (env: Environment, clock: LeapClock) => Promise<Running>;

/** An application on an emulator, with a browser. */
export interface AppUnderTest<Running> {
  readonly emulator: Emulator;
  readonly clock: LeapClock;
  readonly app: Running;
  readonly url: string;
  readonly locationId: string;
  readonly browser: Browser;
  /** A page of a person who is signed in. Errors of its console fail the test at the end. */
  readonly open: (path?: string, options?: OpenOptions) => Promise<Page>;
  /** Connects a location as its owner would, for the first time or again. */
  readonly connect: (locationId?: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  readonly width?: number;
  /** Fingers and no mouse. Default: below 500 px. */
  readonly hasTouch?: boolean;
  readonly scheme?: "light" | "dark";
  readonly zone?: string;
  /** Without a session: a visitor. */
  readonly isVisitor?: boolean;
  /** Another location than the seeded one. */
  readonly locationId?: string;
}

export interface OpenAppOptions {
  readonly access?: "oauth" | "private";
  /** When it is, ISO 8601. Default: now. */
  readonly at?: string;
  readonly emulator?: EmulatorOptions;
  /** What is there in HighLevel before the application starts. */
  readonly prepare?: (emulator: Emulator) => void;
  /** What pages may report: what the browser refuses on purpose. */
  readonly expected?: RegExp;
}

/** Starts an application as an installed marketplace app, or with a private token, and a browser for it. */
export async function openApp<Running extends AppServed>(
  start: StartApp<Running>,
  { access = "oauth", at, emulator: emulatorOptions = {}, prepare, expected }: OpenAppOptions = {},
): Promise<AppUnderTest<Running>> {
  const clock = createLeapClock(at);
  // Tests count requests: a journal that is full counts no more of them.
  const platform = await openLocalPlatform({ enforceBurstLimit: false, journalSize: 100_000, clock, ...emulatorOptions });
  const { emulator } = platform;
  const { locationId } = emulator.seed;
  prepare?.(emulator);
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-app-"));
  const app = await start({ ...(await platform.environment(access)), PORT: "0", DATA_FOLDER: folder }, clock);
  const { url } = app.served;
  if (access === "oauth") {
    await connectLocation(emulator, url, locationId);
    emulator.webhooks.subscribe({ url: `${url}/webhooks` });
  }
  const browser = await launchChromium();
  const contexts: BrowserContext[] = [];
  const problems: string[] = [];
  return {
    emulator,
    clock,
    app,
    url,
    locationId,
    browser,
    connect: (id = locationId) => connectLocation(emulator, url, id),
    async open(path = "/", options = {}) {
      const { width = 1280, hasTouch = width < 500, scheme = "light", zone = "Europe/Berlin", isVisitor = false } = options;
      const viewport = { width, height: width < 500 ? 844 : 800 };
      const context = await browser.newContext({ viewport, colorScheme: scheme, timezoneId: zone, hasTouch, locale: "en-GB" });
      contexts.push(context);
      const page = await context.newPage();
      // Below that of a test: what it waited for is named.
      page.setDefaultTimeout(200_000);
      page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
      page.on("console", (message) => {
        // A refusal is an answer of the application; what a script or the content security policy complains of is a fault.
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
          problems.push(`${page.url()}: ${message.text()}`);
      });
      if (!isVisitor) await page.goto(await app.served.link(options.locationId ?? locationId));
      if (isVisitor || path !== "/") await page.goto(`${url}${path}`);
      return page;
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
      await app.served.close();
      await platform.close();
      await rm(folder, { recursive: true, force: true });
      const unexpected = problems.filter((problem) => expected?.test(problem) !== true);
      if (unexpected.length > 0) throw new Error(`Pages reported errors:\n${unexpected.join("\n")}`);
    },
  };
}
