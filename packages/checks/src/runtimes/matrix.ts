import type { Runtime } from "./runtime.ts";
import { bun } from "./runtimes/bun.ts";
import { deno } from "./runtimes/deno.ts";
import { esbuildBundle } from "./runtimes/esbuild.ts";
import { lambda } from "./runtimes/lambda.ts";
import { next } from "./runtimes/next.ts";
import { node22, node22Require, node24, node24Require } from "./runtimes/node.ts";
import { jest, vitest } from "./runtimes/test-runners.ts";
import { typescript } from "./runtimes/typescript.ts";
import { vite } from "./runtimes/vite.ts";
import { rspack, webpack } from "./runtimes/webpack.ts";
import { workers } from "./runtimes/workers.ts";

/** Everything that ghlkit is tried on. `docs/runtimes.md` lists the same. */
export const matrix: readonly Runtime[] = [
  node22,
  node22Require,
  node24,
  node24Require,
  bun,
  deno,
  workers,
  lambda,
  esbuildBundle,
  vite,
  next,
  webpack,
  rspack,
  vitest,
  jest,
  ...typescript,
];
