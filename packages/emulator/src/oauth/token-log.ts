import type { World } from "../world.ts";
import type { TokenRequest } from "./token-request.ts";

/** Adds a request to the log of the token endpoint. */
export function logTokenRequest({ oauth, clock }: World, request: Omit<TokenRequest, "at">): void {
  oauth.tokenRequests.push({ at: new Date(clock.now()).toISOString(), ...request });
}
