import type { DELETERoutes, GETRoutes, PATCHRoutes, POSTRoutes, PUTRoutes } from "./generated/v2/routes.ts";

/** Route maps of the dated generation: method → path → arguments and data. */
export interface Routes {
  readonly GET: GETRoutes;
  readonly POST: POSTRoutes;
  readonly PUT: PUTRoutes;
  readonly PATCH: PATCHRoutes;
  readonly DELETE: DELETERoutes;
}
