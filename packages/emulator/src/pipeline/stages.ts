import { authenticate } from "../auth/authenticate.ts";
import { authoriseOperation, authoriseTarget } from "../auth/authorise.ts";
import { bucketOf } from "../auth/credential.ts";
import { isPublic } from "../auth/public-operations.ts";
import { targetOf } from "./target.ts";
import { meetFaults } from "./meet-faults.ts";
import { assertActive } from "../oauth/suspension.ts";
import { nearestOperations } from "../routing/nearest.ts";
import { sampleAnswer } from "../sample/sample-answer.ts";
import type { Call } from "../call/call.ts";
import { refusalOf } from "../validate/own-words.ts";
import { loadRules, type OperationRules } from "../validate/operation-rules.ts";
import type { World } from "../world.ts";
import { findCandidates, selectRoute } from "../version/select-route.ts";
import type { Platform } from "./platform.ts";
import { badRequest, forbiddenLocation, noRoute, Refusal, unsupportedRoute } from "../http/refusal.ts";
import { routeOf, type Exchange } from "./exchange.ts";
import { readBody } from "../http/request-body.ts";
import { reply } from "../http/answer.ts";
import type { Stage } from "./stage.ts";

/**
 * The way of every request, in order. What else can happen to a request slots in here as a further stage; what follows
 * from an answer is an `Observer` of the answerer.
 */
export function createStages(platform: Platform): readonly Stage[] {
  return [
    removed,
    known(platform),
    bodyRead(platform),
    versioned(platform),
    faulted(platform),
    authenticated(platform),
    metered(platform),
    valid(platform),
    answered(platform),
  ];
}

/** Paths that answered once and say that they are gone. */
const removedPaths: ReadonlySet<string> = new Set(["POST /oauth/reconnect"]);

const removed: Stage = ({ method, path }) => {
  if (!removedPaths.has(`${method} ${path}`)) return;
  return reply(400, { statusCode: 400, message: "API endpoint has been removed", error: "Bad Request" }, "reported");
};

/** Does the path exist in either generation? */
function known({ routes, options }: Platform): Stage {
  return (exchange) => {
    const { method, path } = exchange;
    exchange.candidates = findCandidates(routes, method, path);
    if (exchange.candidates.v3 !== undefined || exchange.candidates.v2 !== undefined) return;
    exchange.headers["x-emulator-nearest"] = nearestOperations(routes.routes, method, path).join(", ");
    if (method === "DELETE" && /^\/objects\/[^/]+$/.test(path))
      throw badRequest("Deleting object schema is not supported yet", {}, "reported");
    if (method === "GET" && /^\/forms\/[^/]+$/.test(path)) throw unsupportedRoute();
    throw options.unknownRoute === "unsupported" ? unsupportedRoute() : noRoute(method, path);
  };
}

function bodyRead({ options }: Platform): Stage {
  return (exchange) => {
    if (exchange.method === "GET" || exchange.method === "HEAD") return;
    return readBody(exchange.request, options.maxBodyBytes, options.bodyType).then((body) => {
      exchange.body = body;
    });
  };
}

/** Which generation's operation does `Version` select? */
function versioned({ options, routes }: Platform): Stage {
  return (exchange) => {
    if (exchange.candidates === undefined) return;
    try {
      exchange.match = selectRoute(exchange.candidates, exchange.request.headers.get("version"), exchange, options);
    } catch (error) {
      const isGated = error instanceof Refusal && error.answer.status === 404;
      if (isGated) exchange.headers["x-emulator-nearest"] = nearestOperations(routes.routes, exchange.method, exchange.path).join(", ");
      throw error;
    }
  };
}

/** What goes wrong on purpose: now, or once the request has taken effect. */
function faulted({ faults }: Platform): Stage {
  return (exchange) => {
    if (faults.isEmpty()) return;
    const taken = faults.take(routeOf(exchange).operation.id);
    exchange.faultsAfter = taken.filter((fault) => fault.afterEffect === true);
    exchange.lags = taken.filter((fault) => fault.kind === "replication-lag");
    return meetFaults(
      taken.filter((fault) => fault.afterEffect !== true),
      exchange,
      faults.random,
    );
  };
}

/** Who calls, may they call this, and may they touch what it is about? */
function authenticated(platform: Platform): Stage {
  return (exchange) => {
    const { operation } = routeOf(exchange);
    if (isPublic(operation)) return;
    const header = exchange.request.headers.get("authorization");
    const credential = authenticate(header, platform.tokens, exchange.receivedAtMs, platform.options);
    exchange.credential = credential;
    authoriseOperation(credential, operation);
    assertActive(platform.world, credential);
    const target = targetOf(operation, exchange, platform.world.state);
    // The old list says 403 where others say 422 (seen by two integrators).
    if (operation.id === "contacts.list" && target.locationId === undefined) throw forbiddenLocation();
    authoriseTarget(credential, target, (id) => platform.world.state.locations.get(id)?.companyId);
    exchange.locationId = target.locationId ?? credential.locationId;
  };
}

/** Is there a slot left for this app and resource? */
function metered({ limiter, options }: Platform): Stage {
  return (exchange) => {
    if (exchange.credential === undefined) return;
    const verdict = limiter.take(bucketOf(exchange.credential), exchange.receivedAtMs);
    Object.assign(exchange.headers, verdict.headers);
    if (verdict.exhausted === undefined) return;
    if (options.retryAfter) exchange.headers["Retry-After"] = String(Math.max(1, Math.ceil(verdict.retryInMs / 1000)));
    return reply(429, options.rateLimitBody, "inferred");
  };
}

/** Does the request keep to the contract? */
function valid({ contract, options }: Platform): Stage {
  return (exchange) => {
    const route = routeOf(exchange);
    if (route.rules !== undefined) return check(exchange, route.rules);
    return loadRules(route, contract, options).then((rules) => {
      route.rules = rules;
      check(exchange, rules);
    });
  };
}

/** The official client repeated path parameters in the query for months: those with the same value are taken. */
function withoutRepeated(queryText: string, params: Readonly<Record<string, string>>): string {
  const names = Object.keys(params);
  if (queryText === "" || !names.some((name) => queryText.includes(`${name}=`))) return queryText;
  const query = new URLSearchParams(queryText);
  const repeated = names.filter((name) => query.getAll(name).length === 1 && query.get(name) === params[name]);
  if (repeated.length === 0) return queryText;
  for (const name of repeated) query.delete(name);
  return query.toString();
}

function check(exchange: Exchange, rules: OperationRules): undefined {
  const query = rules.readQuery(withoutRepeated(exchange.queryText, exchange.match?.params ?? {}));
  const body = rules.readBody(exchange.body);
  const messages = [...query.messages, ...body.messages];
  if (messages.length > 0) throw refusalOf(routeOf(exchange).operation.id, messages);
  exchange.query = query.values;
  exchange.body = { ...exchange.body, value: body.value };
  return undefined;
}

/** So long searches of contacts show what was there before a write. */
const indexOldMs = 4000;

/** From state where there is a handler, else a sample of what the contract promises. */
function answered(platform: Platform): Stage {
  return (exchange) => {
    const route = routeOf(exchange);
    const call = callOf(exchange, platform);
    return route.handler === undefined ? sampleAnswer(route, call) : route.handler(call);
  };
}

function callOf(exchange: Exchange, platform: Platform): Call {
  const { generation, operation, rules } = routeOf(exchange);
  if (rules === undefined) throw new Error(`The rules of ${operation.id} have not been loaded.`);
  const { value } = exchange.body;
  return {
    operation,
    generation,
    origin: originOf(exchange.request.url),
    version: exchange.request.headers.get("version"),
    params: exchange.match?.params ?? {},
    query: exchange.query,
    body: isRecord(value) ? value : {},
    list: Array.isArray(value) ? value : [],
    isForm: exchange.body.isForm ?? false,
    files: exchange.body.files ?? {},
    credential: exchange.credential,
    locationId: exchange.locationId,
    world: worldFor(exchange, platform),
    success: rules.success,
    document: rules.document,
  };
}

function originOf(url: string): string {
  const pathAt = url.indexOf("/", url.indexOf("//") + 2);
  return pathAt < 0 ? url : url.slice(0, pathAt);
}

/** The world, or what a lagging replica shows of it. */
function worldFor(exchange: Exchange, { world, changes, options }: Platform): World {
  const isIndexed = options.contactIndex === "lagging" && routeOf(exchange).operation.id === "contacts.search";
  const lags = isIndexed ? [...exchange.lags, { resource: "contacts", lagMs: indexOldMs }] : exchange.lags;
  if (lags.length === 0) return world;
  return {
    ...world,
    state: changes.lagging(
      world.state,
      lags.map(({ resource = "*", lagMs = 3000 }) => ({ resource, lagMs })),
    ),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
