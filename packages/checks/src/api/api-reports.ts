import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { publishedPackages } from "../published-packages.ts";
import { apiEntryPoints } from "./api-entry-points.ts";
import { packageApi } from "./package-api.ts";
import { renderApi } from "./render-api.ts";
import { documentationOf, type Documentation } from "./undocumented.ts";

/** The API of one published package as it is now. */
export interface ApiReport {
  readonly package: string;
  /** Path of the committed report. */
  readonly file: string;
  readonly text: string;
  readonly documentation: Documentation;
}

/** Reads the API of every published package from the sources. */
export async function apiReports(root: string): Promise<readonly ApiReport[]> {
  const packages = await publishedPackages(root);
  return Promise.all(
    packages.map(async ({ name, folder }) => {
      const api = packageApi(await apiEntryPoints(folder));
      return {
        package: name,
        file: join(folder, "etc", "api.md"),
        text: renderApi(name, folder, api),
        documentation: documentationOf(api),
      };
    }),
  );
}

/** What differs from the committed reports, one line each. */
export async function reportProblems(reports: readonly ApiReport[]): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { package: name, file, text } of reports) {
    const committed = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    if (committed !== text) problems.push(`The API of ${name} is not the one in ${file}: run \`pnpm api\` and look at what changed.`);
  }
  return problems;
}
