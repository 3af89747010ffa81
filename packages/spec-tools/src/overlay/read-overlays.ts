import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseYaml } from "../load/parse-yaml.ts";
import { confidences, type OverlayAction, type OverlayDocument } from "./overlay.ts";

/**
 * Reads the overlay documents of a folder by service; none when there is no folder.
 * @throws Error with file and action for an overlay that lacks something.
 */
export async function readOverlays(folder: string): Promise<ReadonlyMap<string, OverlayDocument>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml")).toSorted();
  const read = async (name: string): Promise<readonly [string, OverlayDocument]> => {
    const document = parseYaml(`openapi/overlays/${name}`, await readFile(join(folder, name), "utf8"));
    assertOverlay(`openapi/overlays/${name}`, document);
    return [name.slice(0, -".yaml".length), document];
  };
  return new Map(await Promise.all(names.map(read)));
}

function assertOverlay(file: string, document: unknown): asserts document is OverlayDocument {
  const actions = (document as Partial<OverlayDocument> | null)?.actions;
  if (!Array.isArray(actions)) throw new Error(`${file}: has no list of actions`);
  for (const [index, action] of (actions as readonly (Partial<OverlayAction> | null)[]).entries()) {
    const lacking = problemOf(action ?? {});
    if (lacking !== undefined) throw new Error(`${file}#/actions/${index}: ${lacking}`);
  }
}

function problemOf(action: Partial<OverlayAction>): string | undefined {
  for (const keyword of ["target", "x-reason", "x-evidence"] as const) {
    if (typeof action[keyword] !== "string" || action[keyword] === "") return `has no ${keyword}`;
  }
  const generations = action["x-generation"];
  if (!Array.isArray(generations) || generations.length === 0 || !generations.every((one) => one === "v3" || one === "v2"))
    return 'has no x-generation: a list of "v3" and "v2"';
  if (!confidences.some((one) => one === action["x-confidence"])) return `has no x-confidence: one of ${confidences.join(", ")}`;
  return action.update === undefined && action.remove !== true ? "has neither update nor remove" : undefined;
}
