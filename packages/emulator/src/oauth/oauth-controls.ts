import { addLocations } from "./add-locations.ts";
import type { User } from "../state/user.ts";
import type { World } from "../world.ts";
import { authorize, type Approval } from "./authorize.ts";
import { changePlan, updateVersion } from "./change-installation.ts";
import { install, type InstallChoice } from "./install.ts";
import { resourceId, type Installation, type Resource } from "./installation.ts";
import { issueTokens, type IssuedTokens } from "./issue-tokens.ts";
import type { LifecycleEvent } from "./lifecycle.ts";
import { cancelPrivateTokenRotation, rotatePrivateToken } from "./private-tokens.ts";
import type { TokenRequest } from "./token-request.ts";
import { endTokens, uninstall } from "./uninstall.ts";

/** An install from code. */
export interface InstallOptions {
  /** Who installs. Default: the owner of the agency. */
  readonly userId?: string;
  /** Ids of locations; which of them make sense follows from the app and the user. Default: none. */
  readonly locations?: readonly string[];
  /** Every location. */
  readonly approveAllLocations?: boolean;
  /** Whether the app is installed in locations that are created later. Default `false`. */
  readonly installToFutureLocations?: boolean;
  /** Default: those of the app. */
  readonly scopes?: readonly string[];
}

/** An installation as tests want to see it. */
export interface InstallationState extends Installation {
  readonly isSuspended: boolean;
  /** How many refresh tokens could still be used. */
  readonly liveRefreshTokens: number;
}

/** What can be done to the app and its installations from outside. Resources are named by location, else by company. */
export interface OAuthControls {
  readonly installations: () => readonly InstallationState[];
  /** Installs and emits INSTALL; no code is issued. @throws InstallError */
  readonly install: (options?: InstallOptions) => Installation;
  /** Consents in place of a person. @throws InstallError */
  readonly authorize: (options: InstallOptions & { readonly redirectUri: string; readonly state?: string }) => Approval;
  /** Another token pair of an installation. @throws Error when there is none. */
  readonly issueTokens: (resource: Resource) => IssuedTokens;
  readonly uninstall: (resource: Resource) => boolean;
  /** Refreshes answer "Location is not active" and calls fail, for a location or a whole company. */
  readonly suspend: (resource: Resource) => void;
  readonly reactivate: (resource: Resource) => void;
  /** Makes tokens expire now: of a resource, or of all. Default `"access"`. */
  readonly expire: (resource?: Resource, which?: "access" | "refresh" | "both") => void;
  /** Ends one token, or all tokens of the app for a resource. */
  readonly revoke: (what: Resource | { readonly token: string }) => void;
  /** The new token; the old one works for seven days more unless `expireNow`. */
  readonly rotatePrivateToken: (token: string, options?: { readonly expireNow?: boolean }) => string;
  /** Ends the new token of a rotation; the old one, which is returned, lives on. @throws Error when there is none to cancel. */
  readonly cancelPrivateTokenRotation: (newToken: string) => string;
  readonly changePlan: (resource: Resource, planId: string) => Installation;
  /** Brings an installation to another version of the app. */
  readonly updateVersion: (resource: Resource, versionId: string) => Installation;
  /** Creates locations of the company, as its staff would. Returns their ids. */
  readonly addLocations: (count: number) => readonly string[];
  /** Every visit to the token endpoint and every mint, oldest first. */
  readonly tokenRequests: () => readonly TokenRequest[];
  /** Calls `listener` with every lifecycle event. Returns the function that removes it. */
  readonly onLifecycleEvent: (listener: (event: LifecycleEvent) => void) => () => void;
}

/** @param current The world, which a reset replaces. */
export function createOAuthControls(current: () => World): OAuthControls {
  return {
    installations: () =>
      current()
        .oauth.installations.all()
        .map((installation) => stateOf(current(), installation)),
    install: (options = {}) => install(current(), choiceOf(current(), options)),
    authorize: (options) => authorize(current(), choiceOf(current(), options), options),
    issueTokens: (resource) => issueTokens(current(), installationOf(current(), resource)),
    uninstall: (resource) => uninstall(current(), resource),
    suspend: (resource) => void current().oauth.suspended.add(resourceId(resource)),
    reactivate: (resource) => void current().oauth.suspended.delete(resourceId(resource)),
    expire: (resource, which = "access") => expire(current(), resource, which),
    revoke: (what) => ("token" in what ? revokeToken(current(), what.token) : endTokens(current(), what)),
    rotatePrivateToken: (token, { expireNow = false } = {}) => rotatePrivateToken(current(), token, expireNow),
    cancelPrivateTokenRotation: (newToken) => cancelPrivateTokenRotation(current(), newToken),
    changePlan: (resource, planId) => changePlan(current(), installationOf(current(), resource), planId),
    updateVersion: (resource, versionId) => updateVersion(current(), installationOf(current(), resource), versionId),
    addLocations: (count) => addLocations(current(), count),
    tokenRequests: () => [...current().oauth.tokenRequests],
    onLifecycleEvent: (listener) => current().oauth.lifecycle.subscribe(listener),
  };
}

function stateOf({ oauth, clock }: World, installation: Installation): InstallationState {
  const { id, companyId } = installation;
  const isSuspended = oauth.suspended.has(id) || oauth.suspended.has(companyId);
  return { ...installation, isSuspended, liveRefreshTokens: oauth.refreshTokens.live(id, clock.now()).length };
}

function choiceOf(world: World, options: InstallOptions): InstallChoice {
  const { userId = world.seed.users.agencyOwner, locations = [], scopes = world.oauth.app.scopes } = options;
  const user: User | undefined = world.state.users.get(userId);
  if (user === undefined) throw new Error(`There is no user ${userId}.`);
  const { approveAllLocations = false, installToFutureLocations = false } = options;
  return { user, locationIds: locations, scopes, approvesAllLocations: approveAllLocations, installToFutureLocations };
}

function installationOf(world: World, resource: Resource): Installation {
  const installation = world.oauth.installations.get(resourceId(resource));
  if (installation === undefined) throw new Error(`The app is not installed on ${resourceId(resource)}.`);
  return installation;
}

function expire({ tokens, oauth, clock }: World, resource: Resource | undefined, which: "access" | "refresh" | "both"): void {
  const id = resource === undefined ? undefined : resourceId(resource);
  const expiresAtMs = clock.now();
  if (which !== "refresh") {
    tokens.update((credential) => {
      const isMeant = credential.kind === "oauth" && (id === undefined || resourceId(credential) === id);
      return isMeant ? { ...credential, expiresAtMs } : credential;
    });
  }
  if (which !== "access") oauth.refreshTokens.end((grant) => id === undefined || grant.installationId === id);
}

function revokeToken({ tokens, oauth }: World, token: string): void {
  tokens.remove(token);
  oauth.refreshTokens.end((grant) => grant.token === token);
}
