import type { Rule } from "../../src/normalise/rule.ts";
import type { SourceDocument, SourceOperation, SourceParameter, SourceSchema } from "../../src/normalise/source-document.ts";
import type { SourceFacts } from "../../src/normalise/source-facts.ts";

export const noFacts: SourceFacts = {
  scopes: new Map(),
  tokens: new Map(),
  retry: new Map(),
  pagination: new Map(),
  successors: new Map(),
};

/** Runs one rule on a document and returns how often it repaired. */
export function applyRule(
  rule: Rule,
  document: SourceDocument,
  facts: SourceFacts = noFacts,
  common: Record<string, SourceSchema> = {},
): number {
  let repairs = 0;
  rule.apply({ file: "pets.json", document, common, facts, repaired: () => repairs++ });
  return repairs;
}

/** Runs one rule on a single schema; answers the schema and the number of repairs. */
export function repairSchema(rule: Rule, schema: SourceSchema): { readonly schema: SourceSchema; readonly repairs: number } {
  const document = documentOf({}, { Pet: schema });
  const repairs = applyRule(rule, document);
  return { schema: document.components.schemas["Pet"] as SourceSchema, repairs };
}

export function documentOf(paths: SourceDocument["paths"], schemas: Record<string, SourceSchema> = {}): SourceDocument {
  return { info: { title: "Pets", version: "1" }, paths, components: { schemas } };
}

export function operationOf(parts: Partial<SourceOperation> = {}): SourceOperation {
  return {
    operationId: "get-pet",
    parameters: [],
    responses: { "200": { description: "Fine", content: { "application/json": { schema: { type: "object" } } } } },
    ...parts,
  };
}

/** A document of one GET with one query parameter; answers that parameter after the rule ran. */
export function repairParameter(rule: Rule, parameter: SourceParameter): { readonly parameter: SourceParameter; readonly repairs: number } {
  const operation = operationOf({ parameters: [parameter] });
  const repairs = applyRule(rule, documentOf({ "/pets": { get: operation } }));
  return { parameter: operation.parameters?.[0] as SourceParameter, repairs };
}
