import { resolve, type OpenApiDocument, type Schema } from "../generate/document.ts";

/** The schemas that may describe one place: one, or each of several alternatives. What `allOf` adds up stands in every one of them. */
export interface DescribedShapes {
  readonly schemas: readonly Schema[];
  /** Whether there is a choice: what one of several alternatives has is not always there. */
  readonly isChoice: boolean;
}

/** Follows references and splits alternatives. */
export function describedShapes(document: OpenApiDocument, schema: Schema): DescribedShapes {
  const own = resolve(document, schema);
  const alternatives = [...(own.anyOf ?? []), ...(own.oneOf ?? [])].map((one) => describedShapes(document, one));
  const parts = (own.allOf ?? []).map((one) => describedShapes(document, one));
  const schemas = [own, ...alternatives.flatMap((one) => one.schemas), ...parts.flatMap((one) => one.schemas)];
  return { schemas, isChoice: alternatives.length > 1 || [...alternatives, ...parts].some((one) => one.isChoice) };
}

/** The schemas that may describe a field of one place; what is said of further fields where none is named so. */
export function fieldSchemas({ schemas }: DescribedShapes, name: string): readonly Schema[] {
  const named = schemas.flatMap(({ properties }): readonly Schema[] => (properties?.[name] === undefined ? [] : [properties[name]]));
  if (named.length > 0) return named;
  return schemas.flatMap(({ additionalProperties }): readonly Schema[] => {
    if (typeof additionalProperties === "object") return [additionalProperties];
    return additionalProperties === true ? [{}] : [];
  });
}
