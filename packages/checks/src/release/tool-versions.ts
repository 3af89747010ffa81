import type { RunNpm } from "./run-npm.ts";

/** What a release is made with, exactly. Trusted publishing needs npm 11.5.1 and Node.js 22.14 at least; npm 10 fails with a misleading 404. */
export const toolVersions = { node: "24.21.0", npm: "11.19.1" } as const;

/**
 * Ends a release that runs on other tools than the pinned ones.
 *
 * @throws Error that states both versions.
 */
export async function assertToolVersions(node: string, npm: RunNpm): Promise<void> {
  const versions = { node: node.replace(/^v/, ""), npm: (await npm(["--version"])).stdout.trim() };
  for (const tool of ["node", "npm"] as const)
    if (versions[tool] !== toolVersions[tool])
      throw new Error(`This is ${tool} ${versions[tool]}. A release is made with ${tool} ${toolVersions[tool]}.`);
}
