import type { Credential } from "../auth/credential.ts";
import type { Drip } from "../http/drip.ts";
import type { Fault } from "../faults/fault.ts";
import type { RouteMatch } from "../routing/route-index.ts";
import type { Route } from "../routing/route.ts";
import type { RouteCandidates } from "../version/select-route.ts";
import type { RequestBody } from "../http/request-body.ts";

/** One request on its way through the stages. Each stage fills in what the next ones need. */
export interface Exchange {
  readonly request: Request;
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly queryText: string;
  readonly receivedAtMs: number;
  candidates: RouteCandidates | undefined;
  match: RouteMatch<Route> | undefined;
  body: RequestBody;
  credential: Credential | undefined;
  locationId: string | undefined;
  /** Query values, typed by the contract. */
  query: Readonly<Record<string, unknown>>;
  /** Faults that wait until the request has taken effect. */
  faultsAfter: readonly Fault[];
  /** The body comes slowly: a fault. */
  drip: Drip | undefined;
  /** Faults by which its reads lag. */
  lags: readonly Fault[];
  /** Headers that stages want on the answer, whichever it is. */
  headers: Record<string, string>;
}

export function createExchange(request: Request, receivedAtMs: number): Exchange {
  // Cheaper than `new URL`: this runs for every request.
  const { url } = request;
  const pathAt = url.indexOf("/", url.indexOf("//") + 2);
  const queryAt = url.indexOf("?", pathAt);
  return {
    request,
    method: request.method,
    path: pathAt < 0 ? "/" : url.slice(pathAt, queryAt < 0 ? undefined : queryAt),
    queryText: queryAt < 0 ? "" : withoutFragment(url.slice(queryAt + 1)),
    receivedAtMs,
    candidates: undefined,
    match: undefined,
    body: { text: "", value: undefined },
    credential: undefined,
    locationId: undefined,
    query: {},
    faultsAfter: [],
    drip: undefined,
    lags: [],
    headers: {},
  };
}

function withoutFragment(text: string): string {
  const at = text.indexOf("#");
  return at < 0 ? text : text.slice(0, at);
}

/** The route, once the version stage has chosen it. */
export function routeOf(exchange: Exchange): Route {
  if (exchange.match === undefined) throw new Error("No route has been chosen yet.");
  return exchange.match.route;
}
