import type { Emulator, EmulatorOptions } from "@ghlkit/emulator";
import type { Environment } from "./settings.ts";

/** A HighLevel on this machine. */
export interface LocalPlatform {
  readonly emulator: Emulator;
  readonly url: string;
  /** What an application at `appUrl` is started with: as an installed marketplace app, which gets webhooks, or with a private token. */
  readonly environment: (access: "oauth" | "private", appUrl?: string) => Promise<Environment>;
  readonly close: () => Promise<void>;
}

export async function openLocalPlatform(options: EmulatorOptions = {}): Promise<LocalPlatform> {
  // Loaded here: an application with an account has no use for it, and its memory is for other things.
  const { createEmulator } = await import("@ghlkit/emulator");
  const emulator = createEmulator(options);
  const { url, close } = await emulator.listen();
  const { app, locationId, tokens } = emulator.seed;
  return {
    emulator,
    url,
    close,
    async environment(access, appUrl = "http://127.0.0.1:3000") {
      if (access === "private") return { GHL_BASE_URL: url, GHL_TOKEN: tokens.location, GHL_LOCATION_ID: locationId };
      const { ed25519 } = await emulator.webhookPublicKeys();
      return {
        GHL_BASE_URL: url,
        GHL_CLIENT_ID: app.clientId,
        GHL_CLIENT_SECRET: app.clientSecret,
        GHL_REDIRECT_URI: `${appUrl}/oauth/callback`,
        GHL_APP_ID: app.id,
        GHL_WEBHOOK_KEY: ed25519,
      };
    },
  };
}
