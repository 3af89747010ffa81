import { createRandom } from "../ids/random.ts";

/** What the platform's tokens were seen to say. Clients should not rely on it. */
export interface TokenClaims {
  readonly authClass: "Company" | "Location";
  readonly authClassId: string;
  readonly sourceId: string;
  /** Makes each token different. */
  readonly jti: string;
  /** Absent in seeded tokens, whose text does not depend on time. */
  readonly iat?: number;
  readonly exp?: number;
  readonly scopes?: readonly string[];
}

/**
 * A token of the form of the platform's: three base64url parts. The signature is made up, for the emulator knows its
 * own tokens by heart.
 */
export function tokenText({ scopes, ...claims }: TokenClaims): string {
  const random = createRandom(claims.jti);
  const signature = Buffer.from(Uint32Array.from({ length: 64 }, () => random()).buffer).toString("base64url");
  const body = {
    ...claims,
    primaryAuthClassId: claims.authClassId,
    source: "INTEGRATION",
    channel: "OAUTH",
    ...(scopes !== undefined && { oauthMeta: { scopes } }),
  };
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(body)}.${signature}`;
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
