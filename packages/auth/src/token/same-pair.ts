import type { TokenRecord } from "@ghlkit/storage";

/** Whether two records hold the same tokens. A pair that was marked dead has no refresh token left and is not the same any more. */
export function isSamePair(one: TokenRecord | undefined, other: TokenRecord): boolean {
  return one !== undefined && one.accessToken === other.accessToken && one.refreshToken === other.refreshToken;
}
