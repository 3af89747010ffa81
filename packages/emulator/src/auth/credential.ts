/** What stands behind a bearer token. */
export interface Credential {
  /** The app or private integration: with the resource it names the rate bucket. */
  readonly app: string;
  /** `oauth` for marketplace apps, `private` for private integration tokens. */
  readonly kind: "oauth" | "private";
  /** Whether the token stands for one location or for the whole company. */
  readonly level: "location" | "company";
  readonly companyId: string;
  /** Set when `level` is `location`. */
  readonly locationId?: string;
  readonly scopes: "all" | readonly string[];
  /** When the token stops to be accepted; absent for private integrations that are not being rotated. */
  readonly expiresAtMs?: number;
  /** The private token that this one is to replace. */
  readonly rotatedFrom?: string;
  /** OAuth only: shared by all tokens that descend from one consent or mint. */
  readonly family?: string;
}

/** The rate bucket of a credential: one per app and resource. */
export function bucketOf(credential: Credential): string {
  return `${credential.app}/${credential.locationId ?? credential.companyId}`;
}
