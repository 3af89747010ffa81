import { inspectAccounts } from "ghlkit/health";
import { withEnvStorage } from "../fields/with-env-storage.ts";

/** What an account has granted. */
export interface Granted {
  /** Whose it is, for people. */
  readonly account: string;
  readonly scopes: readonly string[];
}

/** Options of {@link grantedScopes}. */
export interface GrantedOptions {
  /** Separated by blanks or commas. */
  readonly granted?: string;
  /** Client id. */
  readonly app?: string;
}

/**
 * The scopes of `--granted`, or of each grant in the storage of the environment. A token that is minted from its company's has that one's.
 * @throws UsageError
 */
export async function grantedScopes({ granted, app = process.env["GHL_CLIENT_ID"] }: GrantedOptions): Promise<readonly Granted[]> {
  if (granted !== undefined) return [{ account: "--granted", scopes: granted.split(/[\s,]+/).filter((scope) => scope !== "") }];
  return withEnvStorage(async (storage) => {
    const all: Granted[] = [];
    if (storage === undefined) return all;
    for await (const { principal, scopes, isMinted } of inspectAccounts(storage, { now: Date.now(), ...(app !== undefined && { app }) }))
      if (!isMinted && scopes.length > 0) all.push({ account: `${principal.kind} ${principal.resource}`, scopes });
    return all;
  });
}
