import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Generation } from "../normalise/contract-document.ts";
import { SpecStop } from "../normalise/spec-stop.ts";

export interface ServiceFile {
  readonly service: string;
  readonly generation: Generation;
  /** Path below the source folder, with forward slashes. */
  readonly file: string;
}

// v2 calls three services by older names.
const renamed: Readonly<Record<string, string>> = {
  "ad-manager": "ad-publishing",
  "saas-api": "saas",
  "social-media-posting": "social-planner",
};

/** The source folder is laid out differently. Says what was expected and what is there. */
export class SourceLayoutError extends Error {
  override readonly name = "SourceLayoutError";
}

/**
 * The vendor's documents in a source folder, v3 first, by service.
 * @param shared Files beside them that have to be there.
 * @throws SourceLayoutError when something is missing; SpecStop for a file whose name cannot name a service.
 */
export async function serviceFiles(folder: string, shared: readonly string[] = []): Promise<readonly ServiceFile[]> {
  const [v3, v2] = await Promise.all([jsonFiles(join(folder, "apps/v3")), jsonFiles(join(folder, "apps"))]);
  const lacking = [
    ...(v3.length === 0 ? ["apps/v3/*.json"] : []),
    ...(v2.length === 0 ? ["apps/*.json"] : []),
    ...shared.filter((file) => !existsSync(join(folder, file))),
  ];
  if (lacking.length > 0) {
    throw new SourceLayoutError(
      `${folder}: expected ${lacking.join(" and ")}, found ${await listing(folder)}. Is it a checkout of the vendor's documents?`,
    );
  }
  return [
    ...byService(v3.map((name) => serviceFile("v3", `apps/v3/${name}`, name.replace(/-v3\.json$|\.json$/, "")))),
    ...byService(v2.map((name) => serviceFile("v2", `apps/${name}`, name.replace(/\.json$/, "")))),
  ];
}

/** Sorted by service. @throws SpecStop for two files of one service: the documents of one would be lost. */
function byService(files: readonly ServiceFile[]): ServiceFile[] {
  const sorted = files.toSorted((a, b) => (a.service < b.service ? -1 : 1));
  for (const [index, { file, service }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before?.service === service) throw new SpecStop(file, "", `names the service ${service}, as ${before.file} does`);
  }
  return sorted;
}

function serviceFile(generation: Generation, file: string, slug: string): ServiceFile {
  // It becomes a file name, part of ids and of types.
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug))
    throw new SpecStop(file, "", `"${slug}" cannot name a service: lower-case words joined with hyphens can`);
  return { service: generation === "v2" ? (renamed[slug] ?? slug) : slug, generation, file };
}

async function jsonFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  // Whatever is called like a document is read as one: a link or folder in its place is refused there, not taken for its removal.
  return entries.filter(({ name }) => name.endsWith(".json")).map(({ name }) => name);
}

/** What a folder holds, in a few words. */
async function listing(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return "no folder";
  const shown = names.filter((name) => name !== ".git").toSorted();
  if (shown.length === 0) return "an empty folder";
  return shown.length <= 8 ? shown.join(", ") : `${shown.slice(0, 8).join(", ")} and ${shown.length - 8} more`;
}
