import { checkTarball } from "../check-tarball.ts";
import { scratchProject } from "../scratch-project.ts";
import { judged, type Step } from "../step.ts";

/**
 * What users will install: builds and packs every published package, holds the tarballs against publint and
 * arethetypeswrong, then installs all of them in one project outside the workspace and imports every entry point.
 */
export const packages: Step = {
  name: "packages",
  run: async ({ root, release }) => {
    const { tarballs } = await release();
    const problems = (await Promise.all(tarballs.map(checkTarball))).flat();
    problems.push(...(await scratchProject(root, tarballs)));
    const entryPoints = tarballs.reduce((sum, entry) => sum + entry.entryPoints.length, 0);
    return judged(problems, `${tarballs.length} tarballs, ${entryPoints} entry points`);
  },
};
