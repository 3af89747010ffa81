import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Generation } from "../normalise/contract-document.ts";

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

/** The vendor's documents in a source folder, current generation first, by service. */
export async function serviceFiles(folder: string): Promise<readonly ServiceFile[]> {
  const current = (await jsonFiles(join(folder, "apps/v3"))).map((name) => ({
    service: name.replace(/-v3\.json$/, "").replace(/\.json$/, ""),
    generation: "v3" as const,
    file: `apps/v3/${name}`,
  }));
  const v2 = (await jsonFiles(join(folder, "apps"))).map((name) => {
    const slug = name.replace(/\.json$/, "");
    return { service: renamed[slug] ?? slug, generation: "v2" as const, file: `apps/${name}` };
  });
  if (current.length === 0) throw new Error(`${folder} has no apps/v3/*.json: is it a checkout of the vendor's documents?`);
  return [...byService(current), ...byService(v2)];
}

async function jsonFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith(".json")).map((entry) => entry.name);
}

function byService(files: readonly ServiceFile[]): ServiceFile[] {
  return files.toSorted((a, b) => (a.service < b.service ? -1 : 1));
}
