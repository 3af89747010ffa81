import type { Generation } from "../normalise/contract-document.ts";

/**
 * How well a correction is known, strongest first: `recorded` in a live answer (`openapi/evidence`), `reported` by integrators who agree,
 * `documented` elsewhere in the vendor's documents, `inferred` from a sibling.
 */
export const confidences = ["recorded", "reported", "documented", "inferred"] as const;
export type Confidence = (typeof confidences)[number];

/** One correction of an overlay document (OpenAPI Overlay 1.0, with our extensions). */
export interface OverlayAction {
  /** JSONPath (RFC 9535) of what is corrected. It must name something in every generation the action is for. */
  readonly target: string;
  /**
   * Without `x-expects`: merged into the object or appended to the list at `target`, where it may overwrite nothing.
   * With it: put in place of what stands there.
   */
  readonly update?: unknown;
  readonly remove?: boolean;
  readonly "x-generation": readonly Generation[];
  /** What is wrong, in our words. */
  readonly "x-reason": string;
  /** Where that is known from. */
  readonly "x-evidence": string;
  readonly "x-confidence": Confidence;
  /** What stands at `target` before the action, deep-equal: it is replaced, or removed. */
  readonly "x-expects"?: unknown;
}

export interface OverlayDocument {
  readonly overlay: "1.0.0";
  readonly info: { readonly title: string; readonly version: string };
  readonly actions: readonly OverlayAction[];
}
