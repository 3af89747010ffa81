// Credentials
export { privateIntegration, type PrivateIntegrationOptions } from "./private-integration.ts";
export {
  rotatingPrivateIntegration,
  type PrivateTokenEvent,
  type RotatingPrivateIntegration,
  type RotatingPrivateIntegrationOptions,
} from "./rotating-private-integration.ts";

// OAuth
export { oauth, type OAuth, type OAuthOptions } from "./oauth/oauth.ts";
export type { OAuthApp, OAuthAppOptions } from "./endpoint/oauth-app.ts";
export type { ExchangeOptions, TokenEndpoint } from "./endpoint/token-endpoint.ts";

// Tokens
export type { AuthEvent } from "./token/auth-event.ts";
export type { LiveTokenOptions, TokenManager } from "./token/token-manager.ts";
export type { RefreshDueOptions, RefreshDueReport } from "./token/refresh-due.ts";

// Installations
export type { Installations } from "./installation/installations.ts";
export type { ReconcileOptions, ReconcileReport } from "./installation/reconcile.ts";
export type { WarmOptions, WarmReport } from "./installation/warm-locations.ts";
export type { ExpiringOptions, ExpiringPair, ExpiringReport, LackingScopes } from "./installation/grant-reports.ts";
export type { LifecycleEvent } from "./installation/lifecycle-event.ts";

// Consent
export { consentUrl, type ConsentUrlOptions } from "./oauth/consent-url.ts";
export { scopesFor, type ScopesFor } from "./scopes/scopes-for.ts";

// User context of custom pages
export { decryptUserContext, type UserContext, type UserContextResult } from "./user-context/decrypt-user-context.ts";

// Routes
export { createAuthRoutes, type AuthRoutesOptions, type Installed } from "./routes/auth-routes.ts";
export { renderPage, type AuthPage } from "./routes/auth-page.ts";

// At rest
export {
  encryptedTokenStore,
  type EncryptedTokenStore,
  type EncryptedTokenStoreOptions,
  type RewriteReport,
} from "./encryption/encrypted-token-store.ts";
export type { DataKeyWrapper, KeyRing } from "./encryption/key-ring.ts";
