import type { Emulator } from "@ghlkit/emulator";
import { oauth, type OAuth } from "ghlkit";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

/**
 * Installs the emulator's marketplace app on its location, as an agency's owner would: consent, code, exchange. The click
 * on the consent page is made from code; everything after it is what a real installation does.
 */
export async function installApp(emulator: Emulator, url: string): Promise<OAuth> {
  const { app, locationId } = emulator.seed;
  const credentials = oauth({ clientId: app.clientId, clientSecret: app.clientSecret, redirectUri, baseUrl: url });
  const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
  await credentials.installations.connect(await credentials.endpoint.exchange(code));
  await credentials.installations.settled();
  return credentials;
}
