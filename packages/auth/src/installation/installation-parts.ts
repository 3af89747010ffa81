import type { Clock, Principal, Send } from "@ghlkit/core";
import type { InstallationStore, TokenStore } from "@ghlkit/storage";
import type { OAuthApp } from "../endpoint/oauth-app.ts";
import type { AuthEvent } from "../token/auth-event.ts";
import type { TokenManager } from "../token/token-manager.ts";
import type { Change, Changed } from "./change-installation.ts";

/** What the functions of the installations work with; `createInstallations` puts it together. */
export interface InstallationParts {
  readonly app: OAuthApp;
  readonly store: InstallationStore;
  readonly tokenStore: TokenStore;
  readonly tokens: TokenManager;
  readonly send: Send;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly emit: (event: AuthEvent) => void;
  /** Changes an installation, and reports the change to listeners. */
  readonly change: (principal: Principal, what: Change) => Promise<Changed>;
}

export function locationOf({ app }: Pick<InstallationParts, "app">, resource: string): Principal {
  return { app: app.clientId, kind: "location", resource };
}

export function companyOf({ app }: Pick<InstallationParts, "app">, resource: string): Principal {
  return { app: app.clientId, kind: "company", resource };
}
