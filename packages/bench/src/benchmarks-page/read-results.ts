import { readdir, readFile } from "node:fs/promises";
import type { Measure } from "../measure.ts";
import type { BenchmarkResults } from "./render-benchmarks-page.ts";

const folder = new URL("../../results/", import.meta.url);

/** All committed results, by name. */
export async function readResults(): Promise<readonly BenchmarkResults[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).toSorted();
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -".json".length),
      measures: JSON.parse(await readFile(new URL(file, folder), "utf8")) as readonly Measure[],
    })),
  );
}
