import { provenanceCommit, type ReadJson } from "./provenance-commit.ts";
import { publishedVersion, type Published, type RunNpm } from "./run-npm.ts";
import type { ReleasePackage } from "./release-package.ts";

export interface VerifyOptions {
  readonly npm: RunNpm;
  /** An empty folder; the packages are installed into it. */
  readonly folder: string;
  /** What the provenance has to state; `undefined` for a registry on this machine, which signs nothing and has no provenance. */
  readonly signed: ExpectedProvenance | undefined;
}

export interface ExpectedProvenance {
  /** The commit that was released. */
  readonly commit: string;
  readonly readJson: ReadJson;
}

/**
 * Holds what the registry serves against what was packed: the same bytes, with provenance, with the registry's signature.
 *
 * @returns problems, one line each.
 */
export async function verifyRelease(
  packages: readonly ReleasePackage[],
  { npm, folder, signed }: VerifyOptions,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { name, version, integrity } of packages) {
    const published = await publishedVersion(name, version, npm);
    if (published === undefined) problems.push(`${name}@${version} is not on the registry.`);
    else if (published.integrity !== integrity)
      problems.push(`${name}@${version}: the registry serves ${published.integrity}, packed was ${integrity}.`);
    else if (signed !== undefined) problems.push(...(await provenanceProblems(`${name}@${version}`, published, signed)));
  }
  if (problems.length > 0) return problems;
  const specs = packages.map(({ name, version }) => `${name}@${version}`);
  const installed = await npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", ...specs], folder);
  if (!installed.ok) return [`The published packages do not install together:\n${installed.stderr}${installed.stdout}`];
  if (signed === undefined) return [];
  const audited = await npm(["audit", "signatures"], folder);
  return audited.ok ? [] : [`npm audit signatures failed:\n${audited.stderr}${audited.stdout}`];
}

async function provenanceProblems(
  spec: string,
  { attestations }: Published,
  { commit, readJson }: ExpectedProvenance,
): Promise<readonly string[]> {
  if (attestations?.url === undefined) return [`${spec} has no provenance.`];
  const built = await provenanceCommit(attestations.url, readJson);
  return built === commit ? [] : [`${spec} was built from ${built ?? "no stated commit"}, released was ${commit}.`];
}

/** Whether a registry is on loopback: only such a one may lack signatures. */
export function isOnThisMachine(registry: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(registry).hostname);
}
