import type { Finding } from "../check/finding.ts";
import { successAnswer, type OpenApiDocument, type Schema } from "../generate/document.ts";
import { readOperations } from "../generate/operation-rows.ts";
import type { Contract } from "../load/load-contract.ts";
import { describedShapes, fieldSchemas, type DescribedShapes } from "./described-shapes.ts";
import type { RecordedAnswer } from "./recorded-answers.ts";
import { recordedShape, type RecordedShape } from "./recorded-shape.ts";

/**
 * Compares recorded answers with the contract: every recorded field is described, with a type that admits what was recorded, and every
 * field that is described as always there (`x-always`) was recorded.
 */
export function checkRecorded(contract: Pick<Contract, "v3" | "v2">, answers: readonly RecordedAnswer[]): readonly Finding[] {
  return answers.flatMap((answer) => {
    const described = (["v3", "v2"] as const).flatMap((generation) =>
      answerSchemas(contract[generation], answer.operation).map((one) => ({ ...one, generation })),
    );
    const finding = (place: string, problem: string): Finding => ({
      file: answer.file,
      place: `${answer.operation} ${place}`.trim(),
      problem,
    });
    if (described.length === 0) return [finding("", "is no operation of the contract")];
    const shape = recordedShape(answer);
    return described.flatMap(({ document, schema, generation }) =>
      compare(document, shape, [schema]).map(({ place, problem }) => finding(place, `${generation}: ${problem}`)),
    );
  });
}

function answerSchemas(documents: Contract["v3"], id: string): readonly { readonly document: OpenApiDocument; readonly schema: Schema }[] {
  return [...documents.values()].flatMap((document) =>
    readOperations(document)
      .filter(({ row }) => row.id === id)
      .map(({ source }) => ({ document, schema: successAnswer(source)?.schema ?? { "x-unknown": true } })),
  );
}

type Problem = Pick<Finding, "place" | "problem">;

function compare(document: OpenApiDocument, recorded: RecordedShape, candidates: readonly Schema[]): readonly Problem[] {
  const shapes = candidates.map((one) => describedShapes(document, one));
  const described: DescribedShapes = {
    schemas: shapes.flatMap(({ schemas }) => schemas),
    isChoice: shapes.length > 1 || shapes.some(({ isChoice }) => isChoice),
  };
  const here = (problem: string): readonly Problem[] => [{ place: recorded.path, problem }];
  if (described.schemas.some((one) => one["x-unknown"] === true)) return saysNothing(recorded) ? [] : here("nothing is described here");
  const undescribed = [...recorded.types].filter((type) => !described.schemas.some((schema) => admits(schema, type)));
  if (undescribed.length > 0 && !described.schemas.every(isOpen))
    return here(`${undescribed.join(" and ")} recorded, ${typesOf(described)} described`);
  if (described.schemas.every(isOpen)) return [];
  return [...compareFields(document, recorded, described), ...compareItems(document, recorded, described)];
}

function compareFields(document: OpenApiDocument, recorded: RecordedShape, described: DescribedShapes): readonly Problem[] {
  if (recorded.fields.size === 0) return [];
  const missing = described.isChoice
    ? []
    : described.schemas.flatMap((one) => one["x-always"] ?? []).filter((name) => !recorded.fields.has(name));
  const fields = [...recorded.fields].flatMap(([name, field]) => {
    const schemas = fieldSchemas(described, name);
    return schemas.length === 0
      ? [{ place: field.path, problem: `is not described (${[...field.types].join(", ")})` }]
      : compare(document, field, schemas);
  });
  return [
    ...fields,
    ...missing.map((name) => ({ place: recorded.path, problem: `"${name}" is described as always there, and was not recorded` })),
  ];
}

function compareItems(document: OpenApiDocument, recorded: RecordedShape, described: DescribedShapes): readonly Problem[] {
  const { items } = recorded;
  // A list that was always empty says nothing of its items.
  if (items === undefined || [...items.types].every((type) => type === "empty-array")) return [];
  const candidates: readonly Schema[] = described.schemas.flatMap(({ items: one }) => (one === undefined ? [] : [one]));
  return compare(document, items, candidates);
}

/** Of a field that was null, and a list or record that was empty, no more is known than that it is there. */
function saysNothing({ types }: RecordedShape): boolean {
  return [...types].every((type) => type === "null" || type.startsWith("empty-"));
}

function isOpen(schema: Schema): boolean {
  return Object.keys(schema).length === 0;
}

function admits(schema: Schema, type: string): boolean {
  const types = [schema.type ?? []].flat();
  if (type === "empty-array") return true;
  if (type === "empty-object" || type === "object")
    return (
      types.includes("object") || (types.length === 0 && (schema.properties !== undefined || schema.additionalProperties !== undefined))
    );
  if (type === "integer") return types.includes("integer") || types.includes("number");
  return types.includes(type);
}

function typesOf({ schemas }: DescribedShapes): string {
  return [...new Set(schemas.flatMap(({ type }) => type ?? []))].join(", ") || "nothing";
}
