import type { RouteMatch } from "../routing/route-index.ts";
import type { Route, RouteTable } from "../routing/route.ts";
import { noRoute, unauthorized } from "../http/refusal.ts";

/** The values of `Version` that the platform knows. */
export const liveVersions: readonly string[] = ["v3", "2023-02-21", "2021-07-28", "2021-04-15", "2021-01-01"];

/**
 * Paths of v2 that answer under `v3` whatever `oldPathsUnderV3` says: a third party saw this one
 * do so.
 */
const oldPathsSeenUnderV3: ReadonlySet<string> = new Set(["/oauth/installedLocations"]);

/** How `Version` headers are judged: the switches of `EmulatorOptions`. */
export interface VersionSettings {
  readonly versionMode: "lenient" | "strict";
  readonly oldPathsUnderV3: "not-found" | "answer";
  readonly sharedVersion: "v3" | "v2";
}

/** What a path means in either generation. */
export interface RouteCandidates {
  readonly v3: RouteMatch<Route> | undefined;
  readonly v2: RouteMatch<Route> | undefined;
}

export function findCandidates(table: RouteTable, method: string, path: string): RouteCandidates {
  return { v3: table.v3.match(method, path), v2: table.v2.match(method, path) };
}

/**
 * Picks the operation that a `Version` header selects among the candidates of a path.
 * @throws Refusal 401 when the header is absent or unknown, 404 when the path does not exist under it.
 */
export function selectRoute(
  candidates: RouteCandidates,
  version: string | null,
  request: { readonly method: string; readonly path: string },
  options: VersionSettings,
): RouteMatch<Route> {
  if (version === null || version === "") return withoutVersion(candidates);
  if (!liveVersions.includes(version)) throw unauthorized("version header is invalid");
  const match = version === "v3" ? underV3(candidates, options) : underDate(candidates, version, options);
  if (match === undefined) throw noRoute(request.method, request.path, versionHint(candidates, version, request));
  const declared = match.route.operation.version;
  if (options.versionMode === "strict" && declared !== null && declared !== version) {
    throw unauthorized("version header is invalid");
  }
  return match;
}

/** Why a path that there is does not answer: the platform does not say so. */
function versionHint(
  { v3 }: RouteCandidates,
  version: string,
  { method, path }: { readonly method: string; readonly path: string },
): string {
  const under = v3 === undefined ? "a Version of v2, such as 2021-07-28" : "Version v3";
  return `${method} ${path} exists under ${under}, and not under ${version}.`;
}

/** Only operations that declare no version can be called without; the newer document wins. */
function withoutVersion({ v3, v2 }: RouteCandidates): RouteMatch<Route> {
  if (v3 !== undefined && v3.route.operation.version === null) return v3;
  if (v2 !== undefined && v2.route.operation.version === null) return v2;
  throw unauthorized("version header was not found.");
}

function underV3({ v3, v2 }: RouteCandidates, options: VersionSettings): RouteMatch<Route> | undefined {
  if (v3 !== undefined || v2 === undefined) return v3;
  const answers = options.oldPathsUnderV3 === "answer" || oldPathsSeenUnderV3.has(v2.route.operation.path);
  return answers ? v2 : undefined;
}

function underDate({ v3, v2 }: RouteCandidates, version: string, options: VersionSettings): RouteMatch<Route> | undefined {
  // Some documents of v3 still declare a date as their version: there the header alone does not decide.
  const declares = v3?.route.operation.version === version;
  if (declares && (v2 === undefined || options.sharedVersion === "v3")) return v3;
  if (v2 === undefined && v3?.route.operation.version === null) return v3;
  return v2;
}
