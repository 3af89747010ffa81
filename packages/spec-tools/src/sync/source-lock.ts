import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Which state of the vendor's repository the contract was written from. */
export interface SourceLock {
  readonly repository: string;
  readonly commit: string;
  /** Day of the commit, `YYYY-MM-DD`. */
  readonly date: string;
  /** SHA-256 of each file that was read. */
  readonly files: Readonly<Record<string, string>>;
}

export interface SourceState {
  readonly repository?: string | undefined;
  readonly commit?: string | undefined;
  readonly date?: string | undefined;
}

const vendorRepository = "https://github.com/GoHighLevel/highlevel-api-docs";

/** Commit of a checkout; nothing when the folder is not the root of one. */
export async function checkoutState(folder: string): Promise<SourceState> {
  const git = async (...args: string[]): Promise<string | undefined> =>
    run("git", ["-C", folder, ...args]).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
  const top = await git("rev-parse", "--show-toplevel");
  if (top === undefined || (await realpath(top)) !== (await realpath(folder))) return {};
  return {
    repository: await git("remote", "get-url", "origin"),
    commit: await git("rev-parse", "HEAD"),
    date: await git("log", "-1", "--format=%cs"),
  };
}

/**
 * The lock for files with these hashes. A folder that is no checkout is known by what was given (`--commit`), or by the
 * previous lock when nothing in it changed.
 */
export function sourceLock(
  hashes: ReadonlyMap<string, string>,
  given: SourceState,
  checkout: SourceState,
  previous: SourceLock | undefined,
): SourceLock {
  const files = Object.fromEntries([...hashes].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const same = previous !== undefined && JSON.stringify(previous.files) === JSON.stringify(files);
  const commit = given.commit ?? checkout.commit ?? (same ? previous.commit : undefined);
  const date = given.date ?? checkout.date ?? (same ? previous.date : undefined);
  if (commit === undefined || date === undefined) {
    throw new Error("the source is no git checkout and has changed since the last sync: say what it is with --commit and --date");
  }
  if (!/^[0-9a-f]{7,64}$/.test(commit)) throw new Error(`--commit ${JSON.stringify(commit)} is not a commit: 7 to 64 hexadecimal digits`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Error(`--date ${JSON.stringify(date)} is not a day: YYYY-MM-DD`);
  return { repository: given.repository ?? checkout.repository ?? previous?.repository ?? vendorRepository, commit, date, files };
}
