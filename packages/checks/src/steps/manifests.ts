import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { manifestProblems } from "../manifests/manifest-problems.ts";
import type { Manifest } from "../published-manifest.ts";
import { readmeProblems } from "../manifests/readme-problems.ts";
import { publishedPackages } from "../published-packages.ts";
import { leastTypescript } from "../runtimes/versions.ts";
import { judged, type Step } from "../step.ts";
import { workspaceFiles } from "../workspace-files.ts";

/** What npm shows of each published package: its manifest, and its README, which is read away from the repository. */
export const manifests: Step = {
  name: "manifests",
  run: async ({ root }) => {
    const packages = await publishedPackages(root);
    const paths = new Set(await workspaceFiles(root));
    const problems: string[] = [];
    for (const { name, folder } of packages) {
      const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
      const readme = await readFile(join(folder, "README.md"), "utf8");
      const versions = { node: leastNode(manifest), typescript: leastTypescript };
      problems.push(...manifestProblems(manifest, basename(folder)).map((problem) => `${name}: package.json: ${problem}`));
      problems.push(...readmeProblems(readme, paths, versions).map((problem) => `${name}: README.md: ${problem}`));
    }
    return judged(problems, `${packages.length} packages`);
  },
};

function leastNode({ engines }: Manifest): string {
  return ((engines ?? {}) as { readonly node?: string }).node?.replace(/^>=/, "") ?? "(no engines.node)";
}
