import type { ContractSource, Generation, Operation, OperationId } from "../contract/contract-source.ts";
import type { Evidence } from "../http/answer.ts";
import type { Handler, Handlers } from "../call/handler.ts";
import type { OperationRules } from "../validate/operation-rules.ts";
import { createRouteIndex, type RouteIndex } from "./route-index.ts";

/** One operation of one generation, with what is known of it so far. */
export interface Route {
  readonly generation: Generation;
  readonly operation: Operation;
  /** Absent for operations that answer with samples. */
  readonly handler: Handler | undefined;
  /** What is stated of the evidence of its successes. */
  readonly statedEvidence: Evidence | undefined;
  /** Compiled when the first request needs them. */
  rules: OperationRules | undefined;
}

/** Routes of both generations. */
export interface RouteTable {
  readonly v3: RouteIndex<Route>;
  readonly v2: RouteIndex<Route>;
  readonly routes: readonly Route[];
  /** Has every operation's rules compiled again: a switch they depend on was set. */
  readonly forgetRules: () => void;
}

export function createRouteTable(contract: ContractSource, handlers: Handlers, evidence: ReadonlyMap<string, Evidence>): RouteTable {
  const routesOf = (generation: Generation): Route[] =>
    contract.operations(generation).map((operation) => ({
      generation,
      operation,
      handler: handlers[operation.id as OperationId],
      statedEvidence: evidence.get(operation.id),
      rules: undefined,
    }));
  const v3 = routesOf("v3");
  const v2 = routesOf("v2");
  const [indexOfV3, indexOfV2] = [lazyIndex(v3), lazyIndex(v2)];
  return {
    get v3() {
      return indexOfV3();
    },
    get v2() {
      return indexOfV2();
    },
    routes: [...v3, ...v2],
    forgetRules() {
      for (const route of [...v3, ...v2]) route.rules = undefined;
    },
  };
}

/** Made when the first request of its generation comes: many emulators never see the other one. */
function lazyIndex(routes: readonly Route[]): () => RouteIndex<Route> {
  let index: RouteIndex<Route> | undefined;
  return () => (index ??= createRouteIndex(routes.map((route) => [route.operation, route])));
}

/** How well the successes of a route are known. */
export function evidenceOf({ statedEvidence, rules }: Route): Evidence {
  return statedEvidence ?? (rules?.isDescribed === false ? "inferred" : "documented");
}
