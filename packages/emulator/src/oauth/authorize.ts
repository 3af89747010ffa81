import type { World } from "../world.ts";
import { install, type InstallChoice } from "./install.ts";

/** Where a browser goes after consent. */
export interface Approval {
  readonly code: string;
  /** The redirect URI with `code`, and `state` if there was one. */
  readonly redirectTo: string;
}

/**
 * Installs the app and issues a code for it.
 * @throws InstallError when the choice does not fit.
 */
export function authorize(
  world: World,
  choice: InstallChoice,
  request: { readonly redirectUri: string; readonly state?: string },
): Approval {
  const installation = install(world, choice);
  const { codes, ids } = world.oauth;
  const code = `${ids.object()}${ids.object()}`.slice(0, 40);
  const { redirectUri, state } = request;
  const expiresAtMs = world.clock.now() + world.options.codeSeconds * 1000;
  codes.add(code, { installationId: installation.id, redirectUri, scopes: choice.scopes, expiresAtMs });
  return { code, redirectTo: redirectWith(redirectUri, { code, ...(state !== undefined && { state }) }) };
}

/** A redirect URI with parameters added to those it has. */
export function redirectWith(redirectUri: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
