import type { HttpMethod, Operation, OperationTable } from "@ghlkit/contract";
import type { BoundResource } from "@ghlkit/core";
import { addServices } from "./facade.ts";
import { pathLevel, type RouteLookup } from "./path-level/path-level.ts";
import { createPipeline, type Pipeline, type PipelineOptions } from "./pipeline.ts";
import { rawRequest } from "./call/raw-request.ts";

/** Options of a client: those of its own pipeline, or a pipeline that it shares with others. */
export type ClientOptions = PipelineOptions | { readonly pipeline: Pipeline };

/** Builds a client at run time; the entry points give it the types of their generation. */
export function buildClient(table: OperationTable, options: ClientOptions): object {
  const pipeline = "pipeline" in options ? options.pipeline : createPipeline(options);
  const client = boundClient(table, pipeline, undefined);
  return Object.assign(client, {
    ...pathLevel(pipeline, routeLookup(table)),
    location: (resource: string) => boundClient(table, pipeline, bind("location", resource)),
    company: (resource: string) => boundClient(table, pipeline, bind("company", resource)),
  });
}

function boundClient(table: OperationTable, pipeline: Pipeline, bound: BoundResource | undefined): object {
  const client = { request: rawRequest(pipeline, bound) };
  addServices(client, table, pipeline, bound);
  return client;
}

function bind(kind: BoundResource["kind"], resource: string): BoundResource {
  if (typeof resource !== "string" || resource.trim() === "") throw new TypeError(`client.${kind}(id) needs the id of a ${kind}.`);
  return { kind, resource };
}

function routeLookup(table: OperationTable): RouteLookup {
  let routes: Map<string, Operation> | undefined;
  return (method: HttpMethod, path: string) => {
    routes ??= new Map(table.operations().map((row) => [`${row.method} ${row.path}`, row]));
    return routes.get(`${method} ${path}`);
  };
}
