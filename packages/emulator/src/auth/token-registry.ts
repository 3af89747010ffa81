import type { Credential } from "./credential.ts";

/** Every token that the emulator has given out. */
export interface TokenRegistry {
  readonly add: (token: string, credential: Credential) => void;
  readonly remove: (token: string) => void;
  readonly find: (token: string) => Credential | undefined;
  /** Looks at every token: what `change` returns takes the place of the credential, `undefined` ends the token. */
  readonly update: (change: (credential: Credential) => Credential | undefined) => void;
  readonly clear: () => void;
}

export function createTokenRegistry(): TokenRegistry {
  const tokens = new Map<string, Credential>();
  return {
    add: (token, credential) => void tokens.set(token, credential),
    remove: (token) => void tokens.delete(token),
    find: (token) => tokens.get(token),
    update(change) {
      for (const [token, before] of tokens) {
        const after = change(before);
        if (after === undefined) tokens.delete(token);
        else if (after !== before) tokens.set(token, after);
      }
    },
    clear: () => tokens.clear(),
  };
}
