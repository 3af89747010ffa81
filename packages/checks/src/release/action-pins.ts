/** A third-party action that a workflow uses: `owner/repository/path@reference # tag`. */
export interface UsedAction {
  /** `file:line`. */
  readonly where: string;
  /** `owner/repository`. */
  readonly repository: string;
  readonly reference: string;
  /** Tag that the comment states. */
  readonly tag: string | undefined;
}

const line = /^\s*(?:-\s+)?uses:\s*([\w.-]+\/[\w.-]+)(?:\/[\w./-]+)?@(\S+)(?:\s+#\s*(\S+))?\s*$/;

/** Actions of other repositories that a workflow file uses. */
export function usedActions(file: string, text: string): readonly UsedAction[] {
  return text.split("\n").flatMap((content, at) => {
    if (!/^\s*(?:-\s+)?uses:/.test(content) || /uses:\s*\.\//.test(content)) return [];
    const where = `${file}:${at + 1}`;
    const [, repository, reference, tag] = line.exec(content) ?? [];
    if (repository === undefined || reference === undefined) throw new Error(`${where}: not understood: ${content.trim()}`);
    return [{ where, repository, reference, tag }];
  });
}

/** What is wrong with how actions are pinned: each names a whole commit, and the tag that the commit is. */
export function pinProblems(actions: readonly UsedAction[]): readonly string[] {
  return actions.flatMap(({ where, repository, reference, tag }) => {
    if (!/^[0-9a-f]{40}$/.test(reference)) return [`${where}: ${repository}@${reference} is not pinned to a commit.`];
    return tag === undefined ? [`${where}: ${repository} states no tag beside its commit.`] : [];
  });
}

/** Answers `git ls-remote` for a tag: lines of commit, tabulator, reference. */
export type ListRemote = (repository: string, tag: string) => Promise<string>;

/** Pins that are not the commit of their tag, as its repository states it. */
export async function changedPins(actions: readonly UsedAction[], listRemote: ListRemote): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { where, repository, reference, tag = "" } of actions) {
    const commits = commitsOf(await listRemote(repository, tag), tag);
    if (!commits.includes(reference))
      problems.push(`${where}: ${repository} ${tag} is ${commits.join(", ") || "not there"}, not ${reference}.`);
  }
  return problems;
}

/** The commit of an annotated tag stands beside `^{}`. */
function commitsOf(answer: string, tag: string): readonly string[] {
  const rows = answer.split("\n").map((row) => row.split("\t"));
  const at = (reference: string): readonly string[] => rows.flatMap(([commit, name]) => (name === reference && commit ? [commit] : []));
  const peeled = at(`refs/tags/${tag}^{}`);
  return peeled.length > 0 ? peeled : at(`refs/tags/${tag}`);
}
