import { isGhlError } from "@ghlkit/core";
import type { AuthPage } from "./auth-page.ts";

/** What a person sees when the consent page sends them back with an error (RFC 6749 4.1.2.1). */
export function deniedPage(error: string, description: string): AuthPage {
  if (error === "access_denied")
    return page("access_denied", 403, "Not connected", "The access was denied. Start again and approve it to connect the account.");
  if (/noAppVersionIdFound/i.test(`${error} ${description}`))
    return page(
      "no_app_version",
      400,
      "Not connected",
      "The app has no version that can be installed. Use the install link of the portal, which names one.",
    );
  if (/no integration found/i.test(`${error} ${description}`))
    return page(
      "wrong_host",
      400,
      "Not connected",
      "The app is not known on this host. Use the install link of the other brand: standard or white label.",
    );
  return page("consent_failed", 400, "Not connected", "The consent page reported an error. Start the install again.");
}

/** What a person sees when the state is not good. */
export function statePage(reason: string): AuthPage {
  const why: Readonly<Record<string, string>> = {
    used: "This install was finished already.",
    expired: "This install took too long.",
  };
  return page(
    `state_${reason}`,
    403,
    "Not connected",
    `${why[reason] ?? "This install was not started here."} Start it again from the app.`,
  );
}

/** What a person sees when the code could not be exchanged. */
export function exchangePage(error: unknown): AuthPage {
  if (isGhlError(error, "token_revoked"))
    return page("code_expired", 400, "Not connected", "The code of the consent page is used or expired. Start the install again.");
  if (isGhlError(error, "resource_inactive"))
    return page("resource_inactive", 403, "Not connected", "The account is paused or unpaid. Reactivate it and start the install again.");
  if (isGhlError(error, "storage"))
    return page(
      "storage",
      503,
      "Not connected",
      "The connection could not be stored, and nothing of it is kept. Start the install again in a minute.",
    );
  if (isGhlError(error))
    return page(
      error.code,
      502,
      "Not connected",
      "The platform did not accept the install. Try again; if it stays, check the app's client id, secret and redirect URL.",
    );
  return page("internal", 500, "Not connected", "Something went wrong here. Try again.");
}

/** Stored and active, but the app could not link it to the person. */
export const notBoundPage: AuthPage = page(
  "not_bound",
  500,
  "Not linked",
  "The app is installed, but linking it to your account here failed. Start the install again from the app.",
);

export function page(code: string, status: number, title: string, message: string): AuthPage {
  return { code, status, title, message };
}
