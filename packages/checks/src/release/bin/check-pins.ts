import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { changedPins, pinProblems, usedActions } from "../action-pins.ts";

// Refuses a release when an action is not pinned, or when its commit is not what its repository has at the tag beside it.
const folder = fileURLToPath(new URL("../../../../../.github/workflows", import.meta.url));
const files = (await readdir(folder)).filter((name) => name.endsWith(".yml"));
const texts = await Promise.all(files.map(async (name) => usedActions(name, await readFile(join(folder, name), "utf8"))));
const actions = texts.flat();
const listRemote = async (repository: string, tag: string): Promise<string> => {
  const { stdout } = await promisify(execFile)("git", ["ls-remote", "--tags", `https://github.com/${repository}`, tag, `${tag}^{}`]);
  return stdout;
};
const pinned = pinProblems(actions);
const problems = pinned.length > 0 ? pinned : await changedPins(actions, listRemote);
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${actions.length} uses of actions are the commits of their tags`);
process.exitCode = problems.length === 0 ? 0 : 1;
