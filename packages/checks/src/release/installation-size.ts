import { glob, stat } from "node:fs/promises";
import { join } from "node:path";

/** What an installation of `ghlkit` may unpack to, with all that it depends on. Raise it on purpose, with the reason in decision 027. */
const ceilingBytes = 7_000_000;

/** Size of a project's dependencies, as a note and, when it is above the ceiling, as a problem. */
export async function installationSize(project: string): Promise<{ readonly note: string; readonly problems: readonly string[] }> {
  const packages = await packageSizes(project);
  const bytes = packages.reduce((sum, [, size]) => sum + size, 0);
  const note = `${megabytes(bytes)} installed`;
  if (bytes <= ceilingBytes) return { note, problems: [] };
  const lines = packages.toSorted(([, a], [, b]) => b - a).map(([name, size]) => `${megabytes(size)} ${name}`);
  return { note, problems: [`ghlkit unpacks to ${megabytes(bytes)}, more than ${megabytes(ceilingBytes)}:\n${lines.join("\n")}`] };
}

/** Bytes of the files of each installed package. */
async function packageSizes(project: string): Promise<readonly (readonly [string, number])[]> {
  const sizes = new Map<string, number>();
  for await (const entry of glob("node_modules/**", { cwd: project, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const [, name = ""] = /^node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(path.slice(project.length + 1)) ?? [];
    sizes.set(name, (sizes.get(name) ?? 0) + (await stat(path)).size);
  }
  return [...sizes];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
