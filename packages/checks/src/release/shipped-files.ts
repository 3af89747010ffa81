import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listTarball } from "../list-tarball.ts";
import type { Tarball } from "../pack-tarballs.ts";
import { workspaceFiles } from "../workspace-files.ts";

/** One line stands for the declarations of all sources: each has its own, and they come and go with them. */
const declarations = "dist/**/*.d.ts (one for each source)";

/** Files of a package that its list leaves out: a first version has no changelog. */
const notListed = new Set(["CHANGELOG.md"]);

/**
 * What a tarball holds, as it is committed in `etc/files.txt`: hashes in names of chunks are left out, and declarations that belong to a
 * source are one line. A declaration without a source, and all else, has a line of its own.
 *
 * @param sources Paths below `src/`, such as `index.ts`.
 */
export function shippedFiles(files: readonly string[], sources: ReadonlySet<string>): readonly string[] {
  const lines = files
    .filter((path) => !notListed.has(path))
    .map((path) => {
      const [, source] = /^dist\/(.*)\.d\.ts$/.exec(path) ?? [];
      if (source !== undefined && sources.has(`${source}.ts`)) return declarations;
      return path.replace(/^(dist\/chunks\/.*)-[A-Z0-9]{8}\.js$/, "$1-*.js");
    });
  return [...new Set(lines)].toSorted();
}

/** What differs from the committed lists, one line each. */
export async function shippedFilesProblems(tarballs: readonly Tarball[]): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const tarball of tarballs) {
    const committed = (await readFile(listFile(tarball), "utf8").catch(absent)).split("\n").filter((line) => line !== "");
    const shipped = await shippedBy(tarball);
    const differences = [
      ...shipped.filter((line) => !committed.includes(line)).map((line) => `+ ${line}`),
      ...committed.filter((line) => !shipped.includes(line)).map((line) => `- ${line}`),
    ];
    if (differences.length > 0)
      problems.push(
        `${tarball.name}: the tarball has other files than etc/files.txt; \`pnpm release:pack --update-files\` writes it:\n${differences.join("\n")}`,
      );
  }
  return problems;
}

/** Writes the lists. */
export async function writeShippedFiles(tarballs: readonly Tarball[]): Promise<void> {
  for (const tarball of tarballs) {
    await mkdir(dirname(listFile(tarball)), { recursive: true });
    await writeFile(listFile(tarball), `${(await shippedBy(tarball)).join("\n")}\n`);
  }
}

async function shippedBy({ file, folder }: Tarball): Promise<readonly string[]> {
  const sources = (await workspaceFiles(folder)).flatMap((path) => (path.startsWith("src/") ? [path.slice("src/".length)] : []));
  return shippedFiles((await listTarball(file)).files, new Set(sources));
}

function listFile({ folder }: Tarball): string {
  return join(folder, "etc", "files.txt");
}

/** A list that is not there yet is empty. */
function absent(error: NodeJS.ErrnoException): string {
  if (error.code !== "ENOENT") throw error;
  return "";
}
