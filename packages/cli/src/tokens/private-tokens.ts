import { createHash } from "node:crypto";
import { readTokens, type LocationsOptions } from "../fields/locations-from.ts";
import { UsageError } from "../usage-error.ts";

/** A private integration token, without the token. */
export interface ListedPrivateToken {
  readonly kind: "location" | "company";
  readonly resource: string;
  /** The first characters of its hash: the same token has the same, and nothing else can be done with it. */
  readonly fingerprint: string;
  /** Ms since epoch; the platform does not state it. */
  readonly createdAt?: number;
}

/**
 * The private tokens of a file, or that of `GHL_TOKEN` with `GHL_LOCATION_ID` or `GHL_COMPANY_ID`; `GHL_TOKEN_CREATED_AT` is its date.
 * @throws UsageError
 */
export async function privateTokens({ tokens }: LocationsOptions): Promise<readonly ListedPrivateToken[]> {
  if (tokens !== undefined) {
    const byId = await readTokens(tokens);
    return Object.entries(byId).map(([id, { token, createdAt }]) => listed("location", id, token, createdAt));
  }
  const { GHL_TOKEN, GHL_LOCATION_ID, GHL_COMPANY_ID, GHL_TOKEN_CREATED_AT } = process.env;
  if (GHL_TOKEN === undefined || GHL_TOKEN === "") return [];
  if (GHL_LOCATION_ID !== undefined) return [listed("location", GHL_LOCATION_ID, GHL_TOKEN, GHL_TOKEN_CREATED_AT)];
  if (GHL_COMPANY_ID !== undefined) return [listed("company", GHL_COMPANY_ID, GHL_TOKEN, GHL_TOKEN_CREATED_AT)];
  throw new UsageError("GHL_TOKEN is set: set GHL_LOCATION_ID or GHL_COMPANY_ID to where it was made.");
}

function listed(kind: "location" | "company", resource: string, token: string, createdAt: string | undefined): ListedPrivateToken {
  const fingerprint = createHash("sha256").update(token).digest("hex").slice(0, 8);
  if (createdAt === undefined || createdAt === "") return { kind, resource, fingerprint };
  const at = Date.parse(createdAt);
  if (Number.isNaN(at)) throw new UsageError(`"${createdAt}" is no date of a token: write it as 2026-09-01.`);
  return { kind, resource, fingerprint, createdAt: at };
}
