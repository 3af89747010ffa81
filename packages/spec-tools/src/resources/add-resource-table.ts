import type { OpenApiDocument } from "../generate/document.ts";
import type { GeneratedFiles } from "../generate/generated-files.ts";
import { readOperations } from "../generate/operation-rows.ts";
import type { AnswerOverlay } from "../overlay/answer-overlay.ts";
import { deriveRoles, type RoleSource } from "./derive-roles.ts";
import { emitResourceTable, type LiveConfidence, type Sources } from "./emit-resource-table.ts";
import { reviewedRoles, type Review } from "./reviewed-roles.ts";

/** Adds the table from which the emulator answers: the derived roles of both generations' operations, as the review has them. */
export function addResourceTable(
  files: GeneratedFiles,
  v3: ReadonlyMap<string, OpenApiDocument>,
  v2: ReadonlyMap<string, OpenApiDocument>,
  review: ReadonlyMap<string, Review>,
  answerOverlays: readonly AnswerOverlay[],
): void {
  const current = sourcesOf(v3);
  const older = sourcesOf(v2);
  // The two generations agree on the path of every operation that both have.
  const all = new Map([...older, ...current]);
  const roles = reviewedRoles(all.keys(), deriveRoles([...all.values()]), review);
  const evidence = liveEvidence([...current.values(), ...older.values()], answerOverlays);
  files.add("packages/emulator/src/generated/resource-table.ts", emitResourceTable(roles, current, older, evidence));
}

function sourcesOf(documents: ReadonlyMap<string, OpenApiDocument>): Sources {
  const sources = [...documents.values()].flatMap((document): RoleSource[] =>
    readOperations(document).map((operation) => ({ ...operation, document })),
  );
  return new Map(sources.map((source) => [source.row.id, source]));
}

/** Operations whose answers are corrected by what was seen live, with the strongest confidence. */
function liveEvidence(sources: readonly RoleSource[], overlays: readonly AnswerOverlay[]): ReadonlyMap<string, LiveConfidence> {
  const found = new Map<string, LiveConfidence>();
  for (const { route, confidence } of overlays) {
    if (confidence !== "recorded" && confidence !== "reported") continue;
    for (const { row } of sources.filter(({ row: { method, path } }) => `${method} ${path}` === route)) {
      if (found.get(row.id) !== "recorded") found.set(row.id, confidence);
    }
  }
  return found;
}
