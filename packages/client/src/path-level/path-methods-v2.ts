import type {
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
} from "@ghlkit/contract/routes/v2";
import type { PathResult } from "./path-level.ts";

/**
 * The path level of v2: `client.GET("/contacts/{contactId}", { params: { path: { contactId } } })`.
 * The second argument is `{}` where a route needs nothing: an optional one would cost the editor a tenth of a second.
 */
export interface PathMethods {
  readonly GET: <Path extends keyof GETInit>(path: Path, init: GETInit[Path]) => Promise<PathResult<GETData[Path]>>;
  readonly POST: <Path extends keyof POSTInit>(path: Path, init: POSTInit[Path]) => Promise<PathResult<POSTData[Path]>>;
  readonly PUT: <Path extends keyof PUTInit>(path: Path, init: PUTInit[Path]) => Promise<PathResult<PUTData[Path]>>;
  readonly PATCH: <Path extends keyof PATCHInit>(path: Path, init: PATCHInit[Path]) => Promise<PathResult<PATCHData[Path]>>;
  readonly DELETE: <Path extends keyof DELETEInit>(path: Path, init: DELETEInit[Path]) => Promise<PathResult<DELETEData[Path]>>;
}
