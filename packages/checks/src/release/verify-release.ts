import { publishedVersion, type RunNpm } from "./run-npm.ts";
import type { ReleasePackage } from "./release-package.ts";

export interface VerifyOptions {
  readonly npm: RunNpm;
  /** An empty folder; the packages are installed into it. */
  readonly folder: string;
  /** Whether the registry signs what it holds, and provenance can be expected. Only a registry on this machine does not. */
  readonly isSigned: boolean;
}

/**
 * Holds what the registry serves against what was packed: the same bytes, with provenance, with the registry's signature.
 *
 * @returns problems, one line each.
 */
export async function verifyRelease(
  packages: readonly ReleasePackage[],
  { npm, folder, isSigned }: VerifyOptions,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { name, version, integrity } of packages) {
    const published = await publishedVersion(name, version, npm);
    if (published === undefined) problems.push(`${name}@${version} is not on the registry.`);
    else if (published.integrity !== integrity)
      problems.push(`${name}@${version}: the registry serves ${published.integrity}, packed was ${integrity}.`);
    else if (isSigned && published.attestations === undefined) problems.push(`${name}@${version} has no provenance.`);
  }
  if (problems.length > 0) return problems;
  const specs = packages.map(({ name, version }) => `${name}@${version}`);
  const installed = await npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", ...specs], folder);
  if (!installed.ok) return [`The published packages do not install together:\n${installed.stderr}${installed.stdout}`];
  if (!isSigned) return [];
  const audited = await npm(["audit", "signatures"], folder);
  return audited.ok ? [] : [`npm audit signatures failed:\n${audited.stderr}${audited.stdout}`];
}

/** Whether a registry is on loopback: only such a one may lack signatures. */
export function isOnThisMachine(registry: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(registry).hostname);
}
