/** Ids and secrets of the marketplace app. */
export interface AppIdentity {
  readonly id: string;
  readonly versionId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Key of the user context that custom pages are given. */
  readonly sharedSecret: string;
}
