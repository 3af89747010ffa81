import { judged, type Step } from "../step.ts";
import { tarballProblems } from "../tarball-problems.ts";

/**
 * What users will install: holds the tarballs of every published package against publint and arethetypeswrong and against their lists of
 * files, then installs all of them in one project outside the workspace and imports every entry point.
 */
export const packages: Step = {
  name: "packages",
  run: async ({ root, release }) => {
    const { tarballs } = await release();
    const entryPoints = tarballs.reduce((sum, entry) => sum + entry.entryPoints.length, 0);
    return judged(await tarballProblems(root, tarballs), `${tarballs.length} tarballs, ${entryPoints} entry points`);
  },
};
