import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** Stands beside the tarballs, in the form that `sha256sum --check` reads. */
const fileName = "SHA256SUMS";

/** File name → SHA-256 in hex. */
export type Checksums = ReadonlyMap<string, string>;

/** SHA-256 of files, by their names. */
export async function checksumsOf(files: readonly string[]): Promise<Checksums> {
  const hash = async (file: string): Promise<readonly [string, string]> => [basename(file), sha256(await readFile(file))];
  return new Map((await Promise.all(files.map(hash))).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes the checksums of tarballs beside them. */
export async function writeChecksums(folder: string, checksums: Checksums): Promise<void> {
  const lines = [...checksums].map(([name, hash]) => `${hash}  ${name}\n`);
  await writeFile(join(folder, fileName), lines.join(""));
}

/**
 * The tarballs of a folder, each with the checksum that it was packed with.
 *
 * @throws Error when a file is missing or has changed since, or when no checksum is there.
 */
export async function verifiedTarballs(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, fileName), "utf8");
  const expected = new Map(text.split("\n").flatMap(parseLine));
  if (expected.size === 0) throw new Error(`${join(folder, fileName)} has no checksum.`);
  const files = [...expected.keys()].map((name) => join(folder, name));
  const problems = differences(expected, await checksumsOf(files));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return files;
}

/** What differs between two sets of tarballs, one line each. */
export function differences(one: Checksums, other: Checksums): readonly string[] {
  const names = [...new Set([...one.keys(), ...other.keys()])].toSorted();
  return names
    .filter((name) => one.get(name) !== other.get(name))
    .map((name) => `${name}: SHA-256 ${one.get(name) ?? "(absent)"} and ${other.get(name) ?? "(absent)"}`);
}

function parseLine(line: string): readonly (readonly [string, string])[] {
  const [, hash, name] = /^([0-9a-f]{64}) {2}([\w.-]+\.tgz)$/.exec(line) ?? [];
  if (hash !== undefined && name !== undefined) return [[name, hash]];
  if (line.trim() === "") return [];
  throw new Error(`Not a line of ${fileName}: ${line}`);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
