/**
 * Flat route maps of the dated generation. `GETInit["/contacts/{contactId}"]` is the parameters and body of that route,
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
