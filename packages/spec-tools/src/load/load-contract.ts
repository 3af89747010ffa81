import { join } from "node:path";
import type { OpenApiDocument } from "../generate/document.ts";
import type { AnswerOverlay } from "../overlay/answer-overlay.ts";
import { applyOverlays } from "../overlay/apply-overlays.ts";
import { readOverlays } from "../overlay/read-overlays.ts";
import { readDocument, readDocuments } from "./read-documents.ts";

/** The whole contract as the generator and the emulator see it: overlays applied. */
export interface Contract {
  /** Documents of the current generation by service (`contacts`, `ad-publishing`). */
  readonly v3: ReadonlyMap<string, OpenApiDocument>;
  /** Documents of v2 by service. */
  readonly v2: ReadonlyMap<string, OpenApiDocument>;
  /** The webhook event catalogue. */
  readonly events: OpenApiDocument;
  /** What overlays say of answers. */
  readonly answerOverlays: readonly AnswerOverlay[];
}

/**
 * Reads the contract from `openapi/`. Overlays are applied in memory, the files stay as the sync wrote them.
 *
 * @throws StaleOverlays that lists every overlay action that no longer fits.
 */
export async function loadContract(openapiDir: string): Promise<Contract> {
  const [v3, v2, events, overlays] = await Promise.all([
    readDocuments(join(openapiDir, "v3")),
    readDocuments(join(openapiDir, "v2")),
    readDocument(join(openapiDir, "events.yaml")),
    readOverlays(join(openapiDir, "overlays")),
  ]);
  if (v3.size === 0) throw new Error(`${openapiDir} holds no contract: no v3/*.yaml`);
  const answerOverlays = applyOverlays({ v3, v2 }, overlays);
  return { v3, v2, events, answerOverlays };
}
