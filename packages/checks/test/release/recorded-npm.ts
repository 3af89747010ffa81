import type { NpmResult, RunNpm } from "../../src/release/run-npm.ts";
import type { ReleasePackage } from "../../src/release/release-package.ts";

/** An npm that answers from a table of command lines, and keeps what it was called with. An unexpected command fails the test. */
export function recordedNpm(answers: Readonly<Record<string, Partial<NpmResult>>>): RunNpm & { readonly calls: string[] } {
  const calls: string[] = [];
  const npm: RunNpm = (args) => {
    const call = args.join(" ");
    calls.push(call);
    const answer = Object.entries(answers).find(([start]) => call.startsWith(start))?.[1];
    if (answer === undefined) throw new Error(`npm ${call} was not expected.`);
    return Promise.resolve({ ok: true, stdout: "", stderr: "", ...answer });
  };
  return Object.assign(npm, { calls });
}

/** The registry's answer for a version that it does not have. */
export const notThere: Partial<NpmResult> = { ok: false, stderr: "npm error code E404" };

/** A package of a release. */
export function onePackage(name: string, more: Partial<ReleasePackage> = {}): ReleasePackage {
  return { name, version: "1.0.0", file: `/tarballs/${name}.tgz`, integrity: `sha512-${name}`, dependencies: [], changelog: "", ...more };
}
