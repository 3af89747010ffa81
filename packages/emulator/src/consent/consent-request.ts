import { installKind, InstallError, type InstallKind } from "../oauth/install.ts";
import type { User } from "../state/user.ts";
import type { World } from "../world.ts";
import { isRegistered } from "./redirect-uri.ts";

/** Whom the page takes the person for: the emulator has no login, so the page lets them choose. */
export const userParameter = "emulator_user";

/** A request for consent that an app may make. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scopes: "all" | readonly string[];
  readonly user: User;
  /** Absent when this person cannot install the app. */
  readonly kind: InstallKind | undefined;
}

/** Why there is nothing to consent to. */
export interface ConsentProblem {
  readonly status: number;
  readonly problem: string;
}

/** How the page was reached. */
export interface ConsentHost {
  readonly isWhiteLabel: boolean;
  /** Under `/v2`. */
  readonly isCurrent: boolean;
}

/** Judges the query of a consent page. An invalid request is not redirected back to the app. */
export function readConsentRequest(world: World, query: URLSearchParams, host: ConsentHost): ConsentRequest | ConsentProblem {
  const { app } = world.oauth;
  const clientId = query.get("client_id") ?? "";
  if (clientId !== app.clientId || host.isWhiteLabel !== (app.brand === "white-label")) {
    return { status: 404, problem: `No integration found with the ID: ${clientId.split("-")[0]}` };
  }
  const versionId = query.get("version_id");
  const needsVersion = host.isCurrent && world.options.consentVersionId === "required";
  if (versionId === null ? needsVersion : versionId !== app.versionId) return { status: 400, problem: "noAppVersionIdFound" };
  if (query.get("response_type") !== "code") return { status: 400, problem: "Invalid parameter: response_type" };
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!isRegistered(redirectUri, app.redirectUris)) {
    return { status: 400, problem: `The redirect URI is not registered for this app: ${redirectUri}` };
  }
  const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  const stranger = app.scopes === "all" ? undefined : scopes.find((scope) => !app.scopes.includes(scope));
  if (stranger !== undefined) return { status: 400, problem: `Invalid scope: ${stranger}` };
  const user = world.state.users.get(query.get(userParameter) ?? world.seed.users.agencyOwner);
  if (user === undefined) return { status: 400, problem: "There is no such user." };
  const state = query.get("state") ?? undefined;
  return { redirectUri, state, scopes: scopes.length === 0 ? app.scopes : scopes, user, kind: kindOf(world, user) };
}

function kindOf(world: World, user: User): InstallKind | undefined {
  try {
    return installKind(world, user);
  } catch (error) {
    if (error instanceof InstallError) return undefined;
    throw error;
  }
}
