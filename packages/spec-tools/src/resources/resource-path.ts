/** A path as resources see it. */
export interface ResourcePath {
  /** Segments without those that name a tenant; parameters are `{}`. */
  readonly segments: readonly string[];
  /** Names of the parameters that are left, in order. */
  readonly parameters: readonly string[];
}

const tenants: ReadonlySet<string> = new Set(["{locationId}", "{companyId}"]);

/** Reads a path. A location or company in it names a tenant, not a parent: `/brand-boards/{locationId}/{id}` is `/brand-boards/{}`. */
export function resourcePath(path: string): ResourcePath {
  const segments = path.split("/").filter((segment) => segment !== "" && !tenants.has(segment));
  return {
    segments: segments.map((segment) => (isParameter(segment) ? "{}" : segment)),
    parameters: segments.filter(isParameter).map((segment) => segment.slice(1, -1)),
  };
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}
