import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { checkTarball } from "../check-tarball.ts";
import { packTarball, type Tarball } from "../pack-tarball.ts";
import { publishedPackages } from "../published-packages.ts";
import { runCommand } from "../run-command.ts";
import { scratchProject } from "../scratch-project.ts";
import { failed, judged, type Step } from "../step.ts";

/**
 * What users will install: builds and packs every published package, holds the tarballs against publint and
 * arethetypeswrong, then installs all of them in one project outside the workspace and imports every entry point.
 */
export const packages: Step = {
  name: "packages",
  run: async ({ root, scratch }) => {
    const published = await publishedPackages(root);
    // From nothing, so that no file of an earlier build is packed.
    for (const { folder } of published) await rm(join(folder, "dist"), { recursive: true, force: true });
    // One at a time: each runs `tsc -b`, which looks after the packages it refers to as well.
    const build = await runCommand(root, ["turbo", "run", "build", "--force", "--concurrency=1", "--output-logs=errors-only"]);
    if (!build.ok) return failed(build.output);
    const folder = join(scratch, "tarballs");
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const tarballs: Tarball[] = [];
    for (const entry of published) tarballs.push(await packTarball(root, entry, folder));
    const problems = (await Promise.all(tarballs.map(checkTarball))).flat();
    problems.push(...(await scratchProject(root, tarballs)));
    const entryPoints = published.reduce((sum, entry) => sum + entry.entryPoints.length, 0);
    return judged(problems, `${tarballs.length} tarballs, ${entryPoints} entry points`);
  },
};
