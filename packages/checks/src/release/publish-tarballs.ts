import { publishedVersion, type RunNpm } from "./run-npm.ts";
import { inDependencyOrder, type ReleasePackage } from "./release-package.ts";

/**
 * Publishes tarballs, each after those that it depends on. A version that is published already is left alone when it is the same tarball, so
 * that a release that broke off can be run again.
 *
 * @throws Error at the first one that fails, or that is published with other content.
 */
export async function publishTarballs(packages: readonly ReleasePackage[], npm: RunNpm, print: (line: string) => void): Promise<void> {
  for (const { name, version, file, integrity } of inDependencyOrder(packages)) {
    const published = await publishedVersion(name, version, npm);
    if (published !== undefined) {
      if (published.integrity !== integrity)
        throw new Error(`${name}@${version} is published with other content: ${published.integrity} instead of ${integrity}.`);
      print(`${name}@${version} is published already`);
      continue;
    }
    const { ok, stdout, stderr } = await npm(["publish", file, "--access", "public", "--ignore-scripts"]);
    if (!ok) throw new Error(`npm publish of ${name}@${version} failed:\n${stderr}${stdout}`);
    print(`${name}@${version} published`);
  }
}
