/** What an authorization code can be exchanged for. */
export interface CodeGrant {
  readonly installationId: string;
  readonly redirectUri: string;
  readonly scopes: "all" | readonly string[];
  readonly expiresAtMs: number;
}

/** Codes between consent and exchange. */
export interface AuthorizationCodes {
  readonly add: (code: string, grant: CodeGrant) => void;
  readonly find: (code: string) => CodeGrant | undefined;
  /** A code is good for one exchange. */
  readonly spend: (code: string) => void;
}

export function createAuthorizationCodes(): AuthorizationCodes {
  const grants = new Map<string, CodeGrant>();
  return {
    add: (code, grant) => void grants.set(code, grant),
    find: (code) => grants.get(code),
    spend: (code) => void grants.delete(code),
  };
}
