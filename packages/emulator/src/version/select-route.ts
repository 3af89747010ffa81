import type { ResolvedOptions } from "../emulator-options.ts";
import type { RouteMatch } from "../routing/route-index.ts";
import type { Route, RouteTable } from "../routing/route.ts";
import { noRoute, unauthorized } from "../server/refusal.ts";

/** The values of `Version` that the platform knows. */
export const liveVersions: readonly string[] = ["v3", "2023-02-21", "2021-07-28", "2021-04-15", "2021-01-01"];

/**
 * Paths of the dated generation that answer under `v3` whatever `oldPathsUnderV3` says: a third party saw this one
 * do so.
 */
const oldPathsSeenUnderV3: ReadonlySet<string> = new Set(["/oauth/installedLocations"]);

/** What a path means in either generation. */
export interface RouteCandidates {
  readonly current: RouteMatch<Route> | undefined;
  readonly dated: RouteMatch<Route> | undefined;
}

export function findCandidates(table: RouteTable, method: string, path: string): RouteCandidates {
  return { current: table.v3.match(method, path), dated: table.v2.match(method, path) };
}

/**
 * Picks the operation that a `Version` header selects among the candidates of a path.
 * @throws Refusal 401 when the header is absent or unknown, 404 when the path does not exist under it.
 */
export function selectRoute(
  candidates: RouteCandidates,
  version: string | null,
  request: { readonly method: string; readonly path: string },
  options: ResolvedOptions,
): RouteMatch<Route> {
  if (version === null || version === "") return withoutVersion(candidates);
  if (!liveVersions.includes(version)) throw unauthorized("version header is invalid");
  const match = version === "v3" ? underV3(candidates, options) : underDate(candidates, version, options);
  if (match === undefined) throw noRoute(request.method, request.path);
  const declared = match.route.operation.version;
  if (options.versionMode === "strict" && declared !== null && declared !== version) {
    throw unauthorized("version header is invalid");
  }
  return match;
}

/** Only operations that declare no version can be called without; the newer document wins. */
function withoutVersion({ current, dated }: RouteCandidates): RouteMatch<Route> {
  if (current !== undefined && current.route.operation.version === null) return current;
  if (dated !== undefined && dated.route.operation.version === null) return dated;
  throw unauthorized("version header was not found.");
}

function underV3({ current, dated }: RouteCandidates, options: ResolvedOptions): RouteMatch<Route> | undefined {
  if (current !== undefined || dated === undefined) return current;
  const answers = options.oldPathsUnderV3 === "answer" || oldPathsSeenUnderV3.has(dated.route.operation.path);
  return answers ? dated : undefined;
}

function underDate({ current, dated }: RouteCandidates, version: string, options: ResolvedOptions): RouteMatch<Route> | undefined {
  // Some documents of the current generation still declare a dated version: there the header alone cannot tell.
  const declares = current?.route.operation.version === version;
  if (declares && (dated === undefined || options.sharedVersion === "current")) return current;
  if (dated === undefined && current?.route.operation.version === null) return current;
  return dated;
}
