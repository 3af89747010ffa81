import type { Service } from "../service.ts";
import { oauthHandlers } from "./oauth.ts";

/** The token endpoint and the list of installed locations. */
export const oauthService: Service = {
  handlers: oauthHandlers,
  evidence: {
    "oauth.createLocationToken": "reported",
    "oauth.createLocationTokenV2": "reported",
  },
};
