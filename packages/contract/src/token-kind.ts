import type { Operation, TokenKind } from "./operation.ts";

/** How a token came about: made by hand in the settings of an account, or granted to an app. */
export type TokenOrigin = "private" | "oauth";

const kinds = {
  location: { private: ["location"], oauth: ["location", "locationOAuth"] },
  company: { private: ["agency"], oauth: ["agency", "agencyOAuth"] },
} as const satisfies Record<"location" | "company", Record<TokenOrigin, readonly TokenKind[]>>;

/** The kinds of token that a token of a location or company counts as. */
export function tokenKindsOf(resource: "location" | "company", origin: TokenOrigin): readonly TokenKind[] {
  return kinds[resource][origin];
}

/** Whether an operation accepts a token of a location or company. One that states no kind accepts every token. */
export function acceptsToken({ tokens }: Pick<Operation, "tokens">, resource: "location" | "company", origin: TokenOrigin): boolean {
  return tokens.length === 0 || kinds[resource][origin].some((kind) => tokens.includes(kind));
}
