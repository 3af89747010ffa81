import { isDeepStrictEqual } from "node:util";
import type { Schema } from "../generate/document.ts";
import type { Direction } from "./schema-comparison.ts";
import type { ContractChange } from "./contract-change.ts";

// Compared by parts of their own.
const elsewhere = new Set(["type", "enum", "const", "properties", "required", "x-always", "items", "additionalProperties", "anyOf"]);
// They say how a value is meant; no code depends on them.
const notes = new Set(["default", "deprecated", "readOnly", "x-unknown"]);
const upperLimits = new Set(["maximum", "maxLength", "maxItems"]);
const lowerLimits = new Set(["minimum", "minLength", "minItems"]);

/** Differences of the other keywords: formats, limits, defaults. What is not known here breaks. */
export function compareKeywords(before: Schema, after: Schema, direction: Direction, place: string): readonly ContractChange[] {
  const keywords = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((keyword) => !elsewhere.has(keyword));
  return keywords.flatMap((keyword) => {
    const [old, now] = [before[keyword], after[keyword]];
    if (isDeepStrictEqual(old, now)) return [];
    const detail = `${keyword}: ${shown(old)} → ${shown(now)}`;
    return [{ place, kind: "changed" as const, detail, breaking: isBreaking(keyword, old, now, direction) }];
  });
}

function isBreaking(keyword: string, old: unknown, now: unknown, direction: Direction): boolean {
  if (notes.has(keyword)) return false;
  // A file is another type than a text.
  if (keyword === "format" && [old, now].includes("binary")) return true;
  const isLimit = upperLimits.has(keyword) || lowerLimits.has(keyword) || ["format", "pattern", "uniqueItems"].includes(keyword);
  if (!isLimit) return true;
  // A limit of an answer is no promise that a reader relies on; one of a request decides what is refused.
  if (direction === "answer" || now === undefined || now === false) return false;
  if (upperLimits.has(keyword)) return old === undefined || Number(now) < Number(old);
  if (lowerLimits.has(keyword)) return old === undefined || Number(now) > Number(old);
  return true;
}

function shown(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
