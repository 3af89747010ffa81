import { createPipeline, type PipelineOptions } from "../src/index.ts";
import type { Scope } from "../src/scope.ts";

/** What an unbound client's calls have in common. */
export function scope(options: PipelineOptions = {}): Scope {
  return { pipeline: createPipeline(options), bound: undefined, defaults: undefined };
}
