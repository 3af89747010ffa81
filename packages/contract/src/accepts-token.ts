import type { TokenKind } from "./operation.ts";

/** Who a token was made for. */
export type TokenHolder = "location" | "company";

/** How it was made: by the consent to an app, or as a private integration. */
export type TokenSource = "oauth" | "private";

/** The kinds that a token of each holder can be, the one that private integration tokens are first. */
const kinds: Readonly<Record<TokenHolder, readonly [TokenKind, TokenKind]>> = {
  location: ["location", "locationOAuth"],
  company: ["agency", "agencyOAuth"],
};

/**
 * Whether an operation that accepts these kinds takes a token of this holder: one of an app, unless `source` says otherwise. An operation
 * that states no kinds takes every token.
 */
export function acceptsToken(accepted: readonly TokenKind[], holder: TokenHolder, source: TokenSource = "oauth"): boolean {
  if (accepted.length === 0) return true;
  const [own, oauthOnly] = kinds[holder];
  return accepted.includes(own) || (source === "oauth" && accepted.includes(oauthOnly));
}

/** The kinds of token that a location or a company has, for errors that name what is needed. */
export function tokenKindsOf(holder: TokenHolder): readonly TokenKind[] {
  return kinds[holder];
}
