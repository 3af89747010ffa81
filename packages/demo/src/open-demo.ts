import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalPlatform, type Environment, type LocalPlatform } from "@ghlkit/app-kit/server";
import { connectLocation } from "@ghlkit/app-kit/testing";
import type { EmulatorOptions } from "@ghlkit/emulator";
import { startAppProcess, type AppProcess } from "./app-process.ts";
import { applications } from "./applications.ts";

/** The emulator and the applications, alive. */
export interface Demo {
  readonly platform: LocalPlatform;
  readonly apps: readonly AppProcess[];
  readonly close: () => Promise<void>;
}

export interface DemoOptions {
  readonly emulator?: EmulatorOptions;
  /** For an application by its name, besides what leads it to the emulator. */
  readonly env?: (name: string) => Environment;
}

/** Starts all of it: each application is an installed marketplace app, and gets webhooks. */
export async function openDemo({ emulator, env: more }: DemoOptions = {}): Promise<Demo> {
  const platform = await openLocalPlatform(emulator);
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-demo-"));
  const { locationId } = platform.emulator.seed;
  const apps: AppProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(apps.map((app) => app.close()));
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  };
  const begun = await Promise.allSettled(
    applications.map(async (application) => {
      const env = await platform.environment("oauth", `http://127.0.0.1:${application.port}`);
      const app = await startAppProcess(
        application,
        { ...env, ...more?.(application.name), DATA_FOLDER: join(folder, application.name) },
        locationId,
      );
      apps.push(app);
      await connectLocation(platform.emulator, app.url(), locationId);
      platform.emulator.webhooks.subscribe({ url: `${app.url()}/webhooks` });
    }),
  );
  const failed = begun.find((one) => one.status === "rejected");
  if (failed !== undefined) {
    await close();
    throw failed.reason;
  }
  const order = applications.map(({ name }) => name);
  apps.sort((one, other) => order.indexOf(one.application.name) - order.indexOf(other.application.name));
  return { platform, apps, close };
}
