/** What one schema says at one field path: everything that must survive. */
export interface FieldFacts {
  enum?: readonly unknown[];
  format?: string;
  deprecated?: boolean;
  limits: Readonly<Record<string, unknown>>;
  required: readonly string[];
}

export type SchemaFacts = ReadonlyMap<string, FieldFacts>;

type Schema = Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- both generations of OpenAPI, compared as they are
type Resolve = (ref: string) => { readonly schema: Schema; readonly name: string } | undefined;

const limitKeys = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern"];

/**
 * Facts of a schema by field path: `contact.customFields[].id`. References are followed, alternatives merged into one path,
 * so that only what is on the wire counts and not how the document is cut. Knows nothing of the repair rules.
 */
export function schemaFacts(schema: Schema | undefined, resolve: Resolve, siblings: boolean): SchemaFacts {
  const facts = new Map<string, FieldFacts>();
  const walk = (one: Schema | undefined, path: string, open: readonly string[]): void => {
    if (one === undefined) return;
    if (typeof one["$ref"] === "string") {
      // Since 3.1 keywords beside a reference count; before, they are ignored.
      if (siblings) note(facts, path, one);
      const target = resolve(one["$ref"]);
      if (target !== undefined && !open.includes(target.name)) walk(target.schema, path, [...open, target.name]);
      return;
    }
    note(facts, path, one);
    for (const [name, child] of Object.entries<Schema>(one["properties"] ?? {})) walk(child, path === "" ? name : `${path}.${name}`, open);
    if (one["items"]) walk(one["items"], `${path}[]`, open);
    if (typeof one["additionalProperties"] === "object") walk(one["additionalProperties"], `${path}{}`, open);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) for (const child of one[keyword] ?? []) walk(child, path, open);
  };
  walk(schema, "", []);
  return facts;
}

function note(facts: Map<string, FieldFacts>, path: string, schema: Schema): void {
  const known = facts.get(path) ?? { limits: {}, required: [] };
  const properties = schema["properties"] as Schema | undefined;
  const required = ((schema["required"] ?? []) as string[]).filter(
    (name) => schema["allOf"] !== undefined || properties?.[name] !== undefined,
  );
  facts.set(path, {
    ...known,
    ...(schema["enum"] === undefined ? {} : { enum: [...(known.enum ?? []), ...(schema["enum"] as unknown[]).flat()] }),
    ...(schema["format"] === undefined ? {} : { format: schema["format"] as string }),
    ...(schema["deprecated"] === true ? { deprecated: true } : {}),
    limits: {
      ...known.limits,
      ...Object.fromEntries(limitKeys.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]])),
    },
    required: [...known.required, ...required],
  });
}
