import type { Generation } from "../normalise/contract-document.ts";
import type { Confidence, OverlayAction } from "./overlay.ts";

/** An overlay that says what an operation answers. */
export interface AnswerOverlay {
  readonly generation: Generation;
  /** `GET /contacts/`, as the document spells it. */
  readonly route: string;
  readonly confidence: Confidence;
  readonly evidence: string;
}

/** What an action says of an answer, when its target is one: a place at or below `paths.<path>.<method>.responses`. */
export function answerOverlay(
  action: OverlayAction,
  generation: Generation,
  place: readonly (string | number)[],
): AnswerOverlay | undefined {
  const [paths, path, method, responses] = place;
  if (paths !== "paths" || responses !== "responses") return undefined;
  const route = `${String(method).toUpperCase()} ${String(path)}`;
  return { generation, route, confidence: action["x-confidence"], evidence: action["x-evidence"] };
}
