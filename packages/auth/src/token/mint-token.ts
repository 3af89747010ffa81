import { isGhlError, type Principal, type Priority } from "@ghlkit/core";
import type { StoredToken, TokenRecord } from "@ghlkit/storage";
import { deathOf, reconnectError } from "./dead-pair.ts";
import type { RenewalParts } from "./renewal-parts.ts";

/** A live pair of a company, for the tokens of its locations. */
export type LiveToken = (company: Principal, options?: { readonly rejected?: string | undefined }) => Promise<TokenRecord>;

/** Company of a location that has no pair yet; `undefined` where none is known. */
export type CompanyLookup = (location: Principal, liveToken: LiveToken) => Promise<string | undefined>;

export interface MintSource {
  readonly companyOf: CompanyLookup;
  /** Whether the app was taken off the location or its company. */
  readonly isUninstalled: (principal: Principal) => Promise<boolean>;
}

export interface MintRequest {
  readonly stored: StoredToken | undefined;
  readonly priority: Priority | undefined;
  readonly liveToken: LiveToken;
}

export type MintToken = (principal: Principal, request: MintRequest) => Promise<TokenRecord | "again">;

const goneMeanwhile = "It was uninstalled meanwhile.";

/** Mints the token of a location from its company's, inside the lease of the location. */
export function createMint(parts: RenewalParts, { companyOf, isUninstalled }: MintSource): MintToken {
  const { endpoint, tokens, writer, request, emit } = parts;

  async function ask(principal: Principal, company: Principal, { priority, liveToken }: MintRequest): Promise<TokenRecord> {
    const pair = await liveToken(company);
    try {
      return await request(principal, () => endpoint.mint(pair, principal, { priority }));
    } catch (error) {
      if (!isGhlError(error, "token_expired") && !isGhlError(error, "token_revoked")) throw error;
      const other = await liveToken(company, { rejected: pair.accessToken });
      return request(principal, () => endpoint.mint(other, principal, { priority }));
    }
  }

  /** Takes a token back that was written while, or after, its location was uninstalled. */
  async function withdraw({ principal, accessToken }: TokenRecord): Promise<never> {
    const current = await tokens.get(principal);
    if (current?.accessToken === accessToken) await tokens.delete(principal, { expectedVersion: current.version });
    throw reconnectError(principal, goneMeanwhile);
  }

  return async (principal, wanted) => {
    const { stored, liveToken } = wanted;
    const reason = deathOf(stored) ?? "There is no token of it.";
    const companyId = principal.kind === "company" ? undefined : (stored?.companyId ?? (await companyOf(principal, liveToken)));
    if (companyId === undefined) throw reconnectError(principal, reason);
    const company: Principal = { app: principal.app, kind: "company", resource: companyId };
    if ((await tokens.get(company)) === undefined && writer.kept(company) === undefined) throw reconnectError(principal, reason);
    const fresh = await ask(principal, company, wanted);
    // A version says nothing of a record that was not there: an uninstall is seen in the installation, before the write and after.
    if (await isUninstalled(principal)) throw reconnectError(principal, goneMeanwhile);
    const written = await writer.write(fresh, stored, { isReplaceable: true });
    if (written === undefined) return "again";
    if (await isUninstalled(principal)) return withdraw(written);
    emit({ type: "token_minted", principal, expiresAt: written.expiresAt });
    return written;
  };
}
