import { wireRule } from "@ghlkit/contract/wire-rules";
import type { ClientOptions } from "./build-client.ts";
import { pathLevel } from "./path-level/path-level.ts";
import type { PathMethods } from "./path-level/path-methods.ts";
import { createPipeline } from "./pipeline.ts";

/**
 * The path level alone, for programs where bytes count: the same routes and types as `createClient`, without facade
 * and operation table. Layers see a route's wire rules, but not its scopes or retry class.
 * @throws TypeError for a base URL that cannot be used.
 */
export function createPathClient(options: ClientOptions = {}): PathMethods {
  const pipeline = "pipeline" in options ? options.pipeline : createPipeline(options);
  return pathLevel({ pipeline, bound: undefined, defaults: undefined }, wireRule) as PathMethods;
}

export type { ClientOptions } from "./build-client.ts";
export type { PathResult } from "./path-level/path-level.ts";
export type { PathMethods } from "./path-level/path-methods.ts";
