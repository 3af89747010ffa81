import type { Runtime } from "./runtime.ts";
import { bun } from "./runtimes/bun.ts";
import { deno } from "./runtimes/deno.ts";
import { workers } from "./runtimes/workers.ts";
import { node22, node22Require, node24, node24Require } from "./runtimes/node.ts";

/** Everything that ghlkit is tried on. `docs/runtimes.md` lists the same. */
export const matrix: readonly Runtime[] = [node22, node22Require, node24, node24Require, bun, deno, workers];
