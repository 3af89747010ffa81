/**
 * Flat route maps of v2. `GETInit["/contacts/{contactId}"]` is the parameters and body of that route,
 * `GETData[…]` what it answers.
 */
export type {
  DELETEInit,
  DELETEData,
  GETInit,
  GETData,
  PATCHInit,
  PATCHData,
  POSTInit,
  POSTData,
  PUTInit,
  PUTData,
} from "./generated/v2/routes.ts";
