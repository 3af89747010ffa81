import { rotatingPrivateIntegration } from "@ghlkit/auth";
import { createGhl } from "ghlkit";
import { settingsOf } from "./drill-account.ts";
import type { Drill } from "./drill.ts";

/** A private token was seen by others: a new one takes its place without a failed call, and the old one ends. */
export const leakedToken: Drill = {
  name: "leaked-token",
  incident: "a private token has leaked",
  alert: "GhlkitPrivateTokenOld",
  run: async ({ emulator: open, step, person, check }) => {
    const emulator = open();
    const { tokens, locationId: location } = emulator.seed;
    const old = tokens.location;
    const settings = settingsOf(emulator);
    const running = createGhl({ token: old, location, ...settings });
    await step("The application calls with the token that leaked", () => running.location(location).locations.get());

    person(
      'Settings → Private Integrations → the integration → "Rotate and expire later": both tokens work for seven days. Check that its scopes are no more than needed.',
    );
    const token = emulator.oauth.rotatePrivateToken(old);
    person("Put the new token into the secret store, keep the old one as the previous one, and deploy.");
    const credentials = rotatingPrivateIntegration({ token, previousToken: old, location });
    const deployed = createGhl({ credentials, ...settings });
    await step("Instances with the old token and with both call at the same time", () =>
      Promise.all(Array.from({ length: 20 }, (_, number) => (number % 2 === 0 ? running : deployed).location(location).locations.get())),
    );
    check("no call failed, and the new token is in use", credentials.using() === "new");

    person('When every instance has the new token: "Expire now". A leak does not wait for the seven days.');
    emulator.oauth.revoke({ token: old });
    const refused = await step(
      "The old token is tried once more",
      () => statusOf(running, location),
      (status) => String(status),
    );
    check("the platform refuses it", refused === 401);
    await step("The application calls on", () => deployed.location(location).locations.get());
    check("the new token is in use", credentials.using() === "new");
    person("Look at the location's audit log for the time of the leak, and remove the old token from history, logs and tickets.");
  },
};

async function statusOf(ghl: ReturnType<typeof createGhl>, location: string): Promise<number> {
  const answer = await ghl
    .location(location)
    .locations.get()
    .then(
      () => 200,
      (error: unknown) => (error as { readonly status?: number }).status ?? 0,
    );
  return answer;
}
