import type { Operation } from "../contract/contract-source.ts";

/** A route that matched, with the values of its path parameters. */
export interface RouteMatch<Route> {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the operation of a path. Static segments beat parameters; a trailing slash makes no difference. */
export interface RouteIndex<Route> {
  readonly match: (method: string, path: string) => RouteMatch<Route> | undefined;
}

interface Node<Route> {
  readonly fixed: Map<string, Node<Route>>;
  parameter: Node<Route> | undefined;
  /** Method → route and its parameter names, in order. */
  readonly ends: Map<string, { readonly route: Route; readonly names: readonly string[] }>;
}

export function createRouteIndex<Route>(routes: Iterable<readonly [Operation, Route]>): RouteIndex<Route> {
  const root = createNode<Route>();
  for (const [operation, route] of routes) add(root, operation, route);
  return {
    match(method, path) {
      const segments = segmentsOf(path);
      const values: string[] = [];
      const end = find(root, segments, 0, values, method);
      if (end === undefined) return undefined;
      const params: Record<string, string> = {};
      for (const [index, name] of end.names.entries()) params[name] = decode(values[index] as string);
      return { route: end.route, params };
    },
  };
}

/** Segments without the slashes at the ends. */
export function segmentsOf(path: string): string[] {
  const start = path.startsWith("/") ? 1 : 0;
  const end = path.endsWith("/") ? path.length - 1 : path.length;
  return end <= start ? [] : path.slice(start, end).split("/");
}

function createNode<Route>(): Node<Route> {
  return { fixed: new Map(), parameter: undefined, ends: new Map() };
}

function add<Route>(root: Node<Route>, operation: Operation, route: Route): void {
  const names: string[] = [];
  let node = root;
  for (const segment of segmentsOf(operation.path)) {
    if (segment.startsWith("{")) {
      names.push(segment.slice(1, -1));
      node = node.parameter ??= createNode();
      continue;
    }
    let next = node.fixed.get(segment);
    if (next === undefined) node.fixed.set(segment, (next = createNode()));
    node = next;
  }
  node.ends.set(operation.method, { route, names });
}

function find<Route>(
  node: Node<Route>,
  segments: readonly string[],
  at: number,
  values: string[],
  method: string,
): { readonly route: Route; readonly names: readonly string[] } | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.ends.get(method);
  const fixed = node.fixed.get(segment);
  const found = fixed === undefined ? undefined : find(fixed, segments, at + 1, values, method);
  if (found !== undefined || node.parameter === undefined || segment === "") return found;
  values.push(segment);
  const viaParameter = find(node.parameter, segments, at + 1, values, method);
  if (viaParameter === undefined) values.pop();
  return viaParameter;
}

function decode(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
