import { contractDocument, type Generation } from "./contract-document.ts";
import { assertKnownShape } from "./known-shape.ts";
import { operationFacts } from "./operation-facts.ts";
import { rules } from "./rules.ts";
import type { SourceDocument, SourceSchema } from "./source-document.ts";
import type { SourceFacts } from "./source-facts.ts";

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

/** Turns one vendor document into facts. Throws `SpecStop` at anything no rule knows. */
export function normalise({ file, service, generation, raw, common, facts, idOf }: NormaliseInput): Normalised {
  assertKnownShape(file, raw);
  const document = structuredClone(raw) as SourceDocument;
  document.components.schemas ??= {};
  const repairs: Repair[] = [];
  for (const rule of rules) {
    rule.apply({
      file,
      document,
      common,
      facts,
      repaired: (pointer, detail) => repairs.push({ rule: rule.name, file, pointer, ...(detail === undefined ? {} : { detail }) }),
    });
  }
  const written = contractDocument(document, service, generation, (key, operation) =>
    operationFacts(document, key, operation, facts, idOf),
  );
  return { document: written, repairs };
}
