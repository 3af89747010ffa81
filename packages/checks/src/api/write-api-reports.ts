import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { apiReports } from "./api-reports.ts";

// Writes the API report of every published package: `pnpm api`.
const root = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");
for (const { file, text } of await apiReports(root)) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
