import type { Emulator } from "@ghlkit/emulator";

/** Installs the app of the emulator on a location as its owner would: through the application's install page, consent and callback. */
export async function connectLocation(emulator: Emulator, appUrl: string, locationId: string): Promise<void> {
  const begun = await fetch(`${appUrl}/oauth/install`, { redirect: "manual" });
  const consent = new URL(begun.headers.get("location") ?? "");
  const redirectUri = consent.searchParams.get("redirect_uri") ?? "";
  const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
  const callback = new URL(`${appUrl}${new URL(redirectUri).pathname}`);
  callback.searchParams.set("code", code);
  callback.searchParams.set("state", consent.searchParams.get("state") ?? "");
  const cookie = (begun.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const done = await fetch(callback, { headers: { cookie }, redirect: "manual" });
  if (done.status >= 400) throw new Error(`The application could not be connected: ${done.status} ${await done.text()}`);
}
