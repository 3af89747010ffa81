import { readdir } from "node:fs/promises";

/** Names of the services that have a YAML document in a folder, sorted; none when there is no folder. */
export async function serviceNames(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml"));
  return names.map((name) => name.slice(0, -".yaml".length)).toSorted();
}
