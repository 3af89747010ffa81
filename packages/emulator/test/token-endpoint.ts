import type { TestAnswer, TestClient } from "./test-client.ts";

/** The token endpoint in one dialect, with the seeded app's credentials. */
export interface TokenEndpoint {
  /** Fields in camel case; the dialect spells them. */
  readonly ask: (fields: Readonly<Record<string, string>>) => Promise<TestAnswer>;
  readonly refresh: (refreshToken: string) => Promise<TestAnswer>;
  readonly exchange: (code: string, redirectUri?: string) => Promise<TestAnswer>;
  /** How the dialect spells a field. */
  readonly spell: (name: string) => string;
}

export function tokenEndpoint({ call, emulator }: TestClient, dialect: "v2" | "v3" = "v3"): TokenEndpoint {
  const { clientId, clientSecret } = emulator.seed.app;
  const spell = (name: string): string => (dialect === "v3" ? name : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const ask: TokenEndpoint["ask"] = (fields) => {
    const form = Object.fromEntries(Object.entries(fields).map(([name, value]) => [spell(name), value]));
    return call("POST", "/oauth/token", { form, token: null, version: dialect === "v3" ? "v3" : null });
  };
  const grant = (grantType: string, fields: Readonly<Record<string, string>>): Promise<TestAnswer> =>
    ask({ clientId, clientSecret, grantType, ...fields });
  return {
    ask,
    spell,
    refresh: (refreshToken) => grant("refresh_token", { refreshToken }),
    exchange: (code, redirectUri) => grant("authorization_code", { code, ...(redirectUri !== undefined && { redirectUri }) }),
  };
}
