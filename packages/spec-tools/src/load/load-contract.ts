import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { OpenApiDocument } from "../generate/document.ts";
import { applyOverlays } from "../overlay/apply-overlays.ts";
import { readOverlays } from "../overlay/read-overlays.ts";

/** The whole contract as the generator and the emulator see it: overlays applied. */
export interface Contract {
  /** Documents of the current generation by service (`contacts`, `ad-publishing`). */
  readonly v3: ReadonlyMap<string, OpenApiDocument>;
  /** Documents of the dated generation by service. */
  readonly v2: ReadonlyMap<string, OpenApiDocument>;
  /** The webhook event catalogue. */
  readonly events: OpenApiDocument;
}

/**
 * Reads the contract from `openapi/`. Overlays are applied in memory, the files stay as the sync wrote them.
 *
 * @throws OverlayError when an overlay expects what no longer stands there.
 */
export async function loadContract(openapiDir: string): Promise<Contract> {
  const [v3, v2, events, overlays] = await Promise.all([
    readDocuments(join(openapiDir, "v3")),
    readDocuments(join(openapiDir, "v2")),
    readDocument(join(openapiDir, "events.yaml")),
    readOverlays(join(openapiDir, "overlays")),
  ]);
  applyOverlays({ v3, v2 }, overlays);
  return { v3, v2, events };
}

async function readDocuments(folder: string): Promise<Map<string, OpenApiDocument>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).toSorted();
  return new Map(await Promise.all(names.map(async (name) => [name.slice(0, -".yaml".length), await readDocument(join(folder, name))] as const)));
}

async function readDocument(file: string): Promise<OpenApiDocument> {
  return parse(await readFile(file, "utf8")) as OpenApiDocument;
}
