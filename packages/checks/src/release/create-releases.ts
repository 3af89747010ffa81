import { releaseNotes } from "./release-notes.ts";
import type { ReleasePackage } from "./release-package.ts";

export interface CreateReleasesOptions {
  /** The commit that was published. */
  readonly commit: string;
  /** Runs GitHub's command line program. */
  readonly gh: (args: readonly string[]) => Promise<void>;
  /** Whether a release of that tag is there: then it is left alone, so that a run that broke off can be run again. */
  readonly isThere: (tag: string) => Promise<boolean>;
}

/**
 * Creates a tag and a GitHub release for each package, with the notes of its changelog and its tarball.
 *
 * @returns the tags that are new.
 */
export async function createReleases(packages: readonly ReleasePackage[], options: CreateReleasesOptions): Promise<readonly string[]> {
  const { commit, gh, isThere } = options;
  const created: string[] = [];
  for (const { name, version, file, changelog } of packages) {
    const tag = `${name}@${version}`;
    if (await isThere(tag)) continue;
    const notes = releaseNotes(changelog, version) ?? "No change of its own: raised with the packages that it depends on.";
    await gh(["release", "create", tag, file, "--target", commit, "--title", tag, "--notes", notes]);
    created.push(tag);
  }
  return created;
}
