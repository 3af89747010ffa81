import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import type { Emulator } from "@ghlkit/emulator";
import { createGhl, isGhlError } from "ghlkit";
import { settingsOf } from "./drill-account.ts";
import type { Drill } from "./drill.ts";

const redirectUri = "https://app.example/oauth/callback";

/** The database of tokens is an older one, whose refresh token was used since: a person of the account has to consent again. */
export const lostRefreshPair: Drill = {
  name: "lost-refresh-pair",
  incident: "a refresh token is lost: the stored one was used already",
  alert: "GhlkitReconnectNeeded",
  run: async ({ folder, emulator: open, step, person, check }) => {
    const emulator = open();
    const path = join(folder, "tokens.db");
    const older = join(folder, "tokens-of-last-night.db");

    const first = appOf(emulator, path);
    await step("An account is connected", () => first.connect());
    await first.close();
    await copyFile(path, older);
    const second = appOf(emulator, path);
    emulator.clock.advance(13 * 3_600_000);
    await step("Its tokens are renewed, half a day later", () => second.call());
    await second.close();

    const third = appOf(emulator, older);
    emulator.clock.advance(86_400_000);
    const code = await step(
      "The restored database has the pair of last night: a call",
      () => third.callCode(),
      (found) => found,
    );
    check(
      "it is refused, and the account is marked: it needs a person",
      code === "token_revoked" && (await third.needsReconnect()).length === 1,
    );
    const before = emulator.oauth.tokenRequests().length;
    await third.callCode();
    check("further calls cost no request for tokens", emulator.oauth.tokenRequests().length === before);

    person(
      "ghlkit tokens names the accounts. Send a person of each the install link of the app; the consent page shows the scopes once more.",
    );
    await step("A person consents again", () => third.connect());
    await step("Calls go on", () => third.call());
    check("no account needs to connect again", (await third.needsReconnect()).length === 0);
    person("Webhooks went on meanwhile; what could not be read is made up for by sync.reconcile() or replay of dead letters.");
    await third.close();
  },
};

/** The application, on a database of tokens. */
function appOf(emulator: Emulator, path: string) {
  const { app, locationId } = emulator.seed;
  const settings = settingsOf(emulator);
  const storage = createSqliteStorage({ path, clock: settings.clock });
  const ghl = createGhl({ oauth: { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri }, storage, ...settings });
  const call = async (): Promise<void> => void (await ghl.location(locationId).locations.get());
  return {
    call,
    callCode: () =>
      call().then(
        () => "ok",
        (error: unknown) => (isGhlError(error) ? error.code : String(error)),
      ),
    /** What the callback route does with the code of the consent page. */
    connect: async (): Promise<void> => {
      const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
      await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(code));
      await ghl.auth.installations.settled();
    },
    needsReconnect: async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for await (const { principal } of ghl.auth.installations.list({ state: "needs_reconnect" })) found.push(principal.resource);
      return found;
    },
    close: async (): Promise<void> => {
      await ghl.close();
      await storage.close();
    },
  };
}
