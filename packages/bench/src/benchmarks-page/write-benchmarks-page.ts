import { writeFile } from "node:fs/promises";
import { readResults } from "./read-results.ts";
import { renderBenchmarksPage } from "./render-benchmarks-page.ts";

await writeFile(new URL("../../../../docs/benchmarks.md", import.meta.url), renderBenchmarksPage(await readResults()));
