/**
 * Flat route maps of the current generation. `GETInit["/contacts/{contactId}"]` is the parameters and body of that route,
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
} from "./generated/v3/routes.ts";
