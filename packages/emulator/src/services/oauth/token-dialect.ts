import type { Generation } from "../../contract/contract-source.ts";
import type { IssuedTokens } from "../../oauth/issue-tokens.ts";

/** How a generation spells the fields of the token endpoint. */
export interface TokenDialect {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly grantType: string;
  readonly refreshToken: string;
  readonly userType: string;
  readonly redirectUri: string;
  readonly accessToken: string;
  readonly tokenType: string;
  readonly expiresIn: string;
}

const names = ["clientId", "clientSecret", "grantType", "refreshToken", "userType", "redirectUri", "accessToken", "tokenType", "expiresIn"];

const spelled = (spell: (name: string) => string): TokenDialect =>
  Object.fromEntries(names.map((name) => [name, spell(name)])) as unknown as TokenDialect;

const camelCase = spelled((name) => name);
const snakeCase = spelled((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

export function tokenDialect(generation: Generation): TokenDialect {
  return generation === "v3" ? camelCase : snakeCase;
}

/** The fields that every token answer begins with. */
export function tokenFields(issued: IssuedTokens, generation: Generation): Record<string, unknown> {
  const dialect = tokenDialect(generation);
  return {
    [dialect.accessToken]: issued.accessToken,
    [dialect.tokenType]: "Bearer",
    [dialect.expiresIn]: issued.expiresIn,
    ...(issued.refreshToken !== undefined && { [dialect.refreshToken]: issued.refreshToken }),
    scope: issued.scope,
  };
}
