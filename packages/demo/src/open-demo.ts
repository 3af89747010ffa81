import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalPlatform, type LocalPlatform } from "@ghlkit/app-kit/server";
import { connectLocation } from "@ghlkit/app-kit/testing";
import { startAppProcess, type AppProcess } from "./app-process.ts";
import { applications } from "./applications.ts";

/** The emulator and the applications, alive. */
export interface Demo {
  readonly platform: LocalPlatform;
  readonly apps: readonly AppProcess[];
  readonly close: () => Promise<void>;
}

/** Starts all of it: each application is an installed marketplace app, and gets webhooks. */
export async function openDemo(): Promise<Demo> {
  const platform = await openLocalPlatform();
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-demo-"));
  const { locationId } = platform.emulator.seed;
  const apps = await Promise.all(
    applications.map(async (application) => {
      const url = `http://127.0.0.1:${application.port}`;
      const app = await startAppProcess(application, {
        ...(await platform.environment("oauth", url)),
        DATA_FOLDER: join(folder, application.name),
      });
      await connectLocation(platform.emulator, app.url(), locationId);
      platform.emulator.webhooks.subscribe({ url: `${app.url()}/webhooks` });
      return app;
    }),
  );
  return {
    platform,
    apps,
    async close() {
      await Promise.all(apps.map((app) => app.close()));
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
