import { assertReferences } from "./assert-references.ts";
import { contractDocument, type Generation } from "./contract-document.ts";
import { assertKnownShape } from "./known-shape.ts";
import { operationFacts } from "./operation-facts.ts";
import type { Rule } from "./rule.ts";
import { referenceRules, repairRules } from "./rules.ts";
import type { SourceDocument, SourceSchema } from "./source-document.ts";
import type { SourceFacts } from "./source-facts.ts";
import { SpecStop } from "./spec-stop.ts";

export interface NormaliseInput {
  readonly file: string;
  readonly service: string;
  readonly generation: Generation;
  /** The vendor's document as parsed JSON; it is not changed. */
  readonly raw: unknown;
  readonly common: Readonly<Record<string, SourceSchema>>;
  readonly facts: SourceFacts;
  /** Frozen id of an operation (`GET /contacts/{contactId}`). */
  readonly idOf: (key: string) => string;
}

export interface Repair {
  readonly rule: string;
  readonly file: string;
  readonly pointer: string;
  readonly detail?: string;
}

export interface Normalised {
  /** OpenAPI 3.1 document of ours. */
  readonly document: object;
  readonly repairs: readonly Repair[];
}

/** Turns one vendor document into facts. @throws SpecStop at anything that no rule knows. */
export function normalise(input: NormaliseInput): Normalised {
  try {
    return normaliseDocument(input);
  } catch (error) {
    if (error instanceof SpecStop) throw error;
    throw new SpecStop(input.file, "", `cannot be normalised: ${(error as Error).message}`, { cause: error });
  }
}

function normaliseDocument({ file, service, generation, raw, common, facts, idOf }: NormaliseInput): Normalised {
  assertKnownShape(file, raw);
  const document = structuredClone(raw) as SourceDocument;
  document.components.schemas ??= {};
  const repairs: Repair[] = [];
  const apply = (rule: Rule): void =>
    rule.apply({
      file,
      document,
      common,
      facts,
      repaired: (pointer, detail) => repairs.push({ rule: rule.name, file, pointer, ...(detail === undefined ? {} : { detail }) }),
    });
  referenceRules.forEach(apply);
  // The rules that follow go along references.
  assertReferences(file, document);
  repairRules.forEach(apply);
  assertReferences(file, document);
  const written = contractDocument(document, service, generation, (key, operation) =>
    operationFacts(document, key, operation, facts, idOf),
  );
  return { document: written, repairs };
}
