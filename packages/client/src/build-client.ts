import type { HttpMethod, Operation, OperationTable } from "@ghlkit/contract";
import type { BoundResource } from "@ghlkit/core";
import type { CallOptions } from "./call/call-types.ts";
import { rawRequest } from "./call/raw-request.ts";
import { serviceOf } from "./facade.ts";
import { pathLevel, type RouteLookup } from "./path-level/path-level.ts";
import { createPipeline, type Pipeline, type PipelineOptions } from "./pipeline.ts";
import { mergeOptions, type Scope } from "./scope.ts";

/** Options of a client: those of its own pipeline, or a pipeline that it shares with others. */
export type ClientOptions = PipelineOptions | { readonly pipeline: Pipeline };

/** Builds a client at run time; the entry points give it the types of their generation. */
export function buildClient(table: OperationTable, options: ClientOptions): object {
  const pipeline = "pipeline" in options ? options.pipeline : createPipeline(options);
  return unboundClient(table, { pipeline, bound: undefined, defaults: undefined });
}

function unboundClient(table: OperationTable, scope: Scope): object {
  return Object.assign(scopedClient(table, scope, unboundClient), {
    ...pathLevel(scope, routeLookup(table)),
    location: (resource: string) => scopedClient(table, { ...scope, bound: bind("location", resource) }, scopedClient),
    company: (resource: string) => scopedClient(table, { ...scope, bound: bind("company", resource) }, scopedClient),
  });
}

type Build = (table: OperationTable, scope: Scope, build: Build) => object;

const scopeOf: unique symbol = Symbol("ghlkit.scope");

interface Scoped {
  readonly [scopeOf]: Scope;
}

/** A client of one scope. Its services stand on a prototype that all clients of a table share: binding a location builds nothing else. */
function scopedClient(table: OperationTable, scope: Scope, build: Build): object {
  const client = Object.create(servicesOf(table)) as object;
  Object.defineProperty(client, scopeOf, { value: scope });
  return Object.assign(client, {
    request: rawRequest(scope),
    with: (defaults: CallOptions) => build(table, { ...scope, defaults: mergeOptions(scope.defaults, defaults) }, build),
  });
}

const prototypes = new WeakMap<OperationTable, object>();

/** The services of a table as accessors; each builds its methods when it is first used, and keeps them on the client. */
function servicesOf(table: OperationTable): object {
  const known = prototypes.get(table);
  if (known !== undefined) return known;
  const prototype = {};
  for (const name of table.services) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      configurable: true,
      get(this: Scoped) {
        return keep(this, name, serviceOf(table, name, this[scopeOf]));
      },
      // A test may put a service of its own in place.
      set(this: Scoped, service: unknown) {
        keep(this, name, service);
      },
    });
  }
  prototypes.set(table, prototype);
  return prototype;
}

function keep(client: object, name: string, service: unknown): unknown {
  Object.defineProperty(client, name, { value: service, enumerable: true, configurable: true, writable: true });
  return service;
}

function bind(kind: BoundResource["kind"], resource: string): BoundResource {
  if (typeof resource !== "string" || resource.trim() === "") throw new TypeError(`client.${kind}(id) needs the id of a ${kind}.`);
  return { kind, resource };
}

const routes = new WeakMap<OperationTable, Map<string, Operation>>();

function routeLookup(table: OperationTable): RouteLookup {
  return (method: HttpMethod, path: string) => {
    let known = routes.get(table);
    if (known === undefined) routes.set(table, (known = new Map(table.operations().map((row) => [`${row.method} ${row.path}`, row]))));
    return known.get(`${method} ${path}`);
  };
}
