import type { Credential } from "./credential.ts";

/** Every token that the emulator has given out. */
export interface TokenRegistry {
  readonly add: (token: string, credential: Credential) => void;
  readonly remove: (token: string) => void;
  readonly find: (token: string) => Credential | undefined;
  readonly clear: () => void;
}

export function createTokenRegistry(): TokenRegistry {
  const tokens = new Map<string, Credential>();
  return {
    add: (token, credential) => void tokens.set(token, credential),
    remove: (token) => void tokens.delete(token),
    find: (token) => tokens.get(token),
    clear: () => tokens.clear(),
  };
}
