import { readFile } from "node:fs/promises";

/** Our own knowledge of single operations. */
export const factsFolder: URL = new URL("../../facts/", import.meta.url);

/** Reads a table of facts: two tab-separated columns under a header line. @throws Error with the line that has not two. */
export async function readTable(name: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(new URL(name, factsFolder), "utf8");
  const rows = text
    .split("\n")
    .slice(1)
    .filter((line) => line !== "");
  return new Map(
    rows.map((line) => {
      const [route, value, ...more] = line.split("\t");
      if (route === undefined || value === undefined || more.length > 0) throw new Error(`facts/${name}: not two columns: ${line}`);
      return [route, value];
    }),
  );
}
