import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { packNextRelease, type PackedWorkspace } from "./release/packed-workspace.ts";
import { runSteps } from "./run-steps.ts";
import { steps } from "./steps.ts";

const { values } = parseArgs({
  options: {
    /** Counts of a test run just made (vitest's JSON report), instead of running the tests. */
    "recorded-tests": { type: "string" },
    /** Checkout of the vendor's documents. */
    upstream: { type: "string" },
    /** Names of steps to run; all by default. */
    only: { type: "string", multiple: true },
    /** Runs what is slow as well. */
    full: { type: "boolean", default: false },
    /** Runtimes to run, by parts of their names. */
    runtime: { type: "string", multiple: true },
  },
});

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const scratch = join(root, ".tmp", "checks");
await mkdir(scratch, { recursive: true });

const beside = resolve(root, "../shared/upstream");
const upstream = values.upstream ?? (existsSync(beside) ? beside : undefined);
const recordedTests = values["recorded-tests"] === undefined ? undefined : resolve(root, values["recorded-tests"]);
const chosen = steps.filter(({ name }) => values.only?.includes(name) ?? true);
if (chosen.length === 0) throw new Error(`No such step. There are: ${steps.map(({ name }) => name).join(", ")}.`);

let packed: Promise<PackedWorkspace> | undefined;
const release = (): Promise<PackedWorkspace> => (packed ??= packNextRelease(root));
try {
  const sum = await runSteps(
    chosen,
    { root, scratch, recordedTests, upstream, release, full: values.full, onlyRuntimes: values.runtime, print: console.log },
    console.log,
  );
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  process.exitCode = sum.failed === 0 ? 0 : 1;
} finally {
  // A release that could not be made has removed what it left; the steps that asked for it have failed.
  await packed?.then(
    ({ remove }) => remove(),
    () => undefined,
  );
}
