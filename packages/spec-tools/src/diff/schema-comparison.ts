import type { Schema } from "../generate/document.ts";
import type { ContractChange } from "./contract-change.ts";

/** Who writes the value: a request may only accept more than before, an answer may only give less. */
export type Direction = "request" | "answer";

/** Compares two schemas that stand at one place; handed to the parts of the comparison, which call it for what a schema holds. */
export type CompareSchemas = (before: Schema, after: Schema, direction: Direction, place: string) => readonly ContractChange[];
