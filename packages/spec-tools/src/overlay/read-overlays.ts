import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { OverlayDocument } from "./overlay.ts";

/** Reads the overlay documents of a folder by service; none when there is no folder. */
export async function readOverlays(folder: string): Promise<ReadonlyMap<string, OverlayDocument>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml")).toSorted();
  const read = async (name: string) =>
    [name.slice(0, -".yaml".length), parse(await readFile(join(folder, name), "utf8")) as OverlayDocument] as const;
  return new Map(await Promise.all(names.map(read)));
}
