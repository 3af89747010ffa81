/** One visit to the token endpoint, or one minted location token. */
export interface TokenRequest {
  readonly at: string;
  readonly grant: "authorization_code" | "refresh_token" | "location_token";
  /** `grace`: a used refresh token got a pair all the same. `reused`: a used one was refused. */
  readonly outcome: "issued" | "grace" | "reused" | "refused";
  readonly companyId?: string;
  readonly locationId?: string;
  /** Why it was refused. */
  readonly message?: string;
}
