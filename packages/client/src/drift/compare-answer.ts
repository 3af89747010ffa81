/** One place where an answer is not what its schema says. */
export interface Difference {
  /** Dotted path, `[]` for the items of a list. */
  readonly path: string;
  readonly kind: "unknown field" | "type" | "enum value" | "missing field" | "status";
  readonly expected: string;
  readonly actual: string;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly "x-always"?: readonly string[];
}

export type Schemas = Readonly<Record<string, Schema>>;

/** Compares an answer with its schema; each place is reported once, however many items of a list show it. */
export function compareAnswer(schemas: Schemas, schema: object, answer: unknown): readonly Difference[] {
  const found = new Map<string, Difference>();
  visit(schemas, schema, answer, "", found);
  return [...found.values()];
}

function visit(schemas: Schemas, schema: Schema, value: unknown, path: string, found: Map<string, Difference>): void {
  const one = merged(schemas, schema);
  const choices = one.anyOf ?? one.oneOf;
  if (choices !== undefined) {
    const fits = choices.some((choice) => compareAnswer(schemas, choice, value).length === 0);
    if (!fits) visit(schemas, closest(schemas, choices, value), value, path, found);
    return;
  }
  const actual = typeName(value);
  if (one.type !== undefined && !accepts(one.type, actual)) {
    add(found, { path, kind: "type", expected: String(one.type), actual });
    return;
  }
  if (one.enum !== undefined && value !== null && !one.enum.includes(value)) {
    add(found, { path, kind: "enum value", expected: one.enum.join(", "), actual: String(value).slice(0, 60) });
  }
  if (Array.isArray(value)) {
    if (one.items !== undefined) for (const item of value) visit(schemas, one.items, item, `${path}[]`, found);
  } else if (actual === "object") visitFields(schemas, one, value as Readonly<Record<string, unknown>>, path, found);
}

function visitFields(
  schemas: Schemas,
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
  found: Map<string, Difference>,
): void {
  const under = (name: string): string => (path === "" ? name : `${path}.${name}`);
  for (const name of schema["x-always"] ?? []) {
    if (value[name] === undefined) add(found, { path: under(name), kind: "missing field", expected: "always there", actual: "absent" });
  }
  for (const [name, field] of Object.entries(value)) {
    const known = schema.properties?.[name];
    if (known !== undefined) visit(schemas, known, field, under(name), found);
    else if (typeof schema.additionalProperties === "object") visit(schemas, schema.additionalProperties, field, under("*"), found);
    else if (schema.properties !== undefined && schema.additionalProperties !== true && name !== "traceId") {
      add(found, { path: under(name), kind: "unknown field", expected: "not in the contract", actual: typeName(field) });
    }
  }
}

/** Follows references, and takes the parts of an `allOf` together. */
function merged(schemas: Schemas, schema: Schema): Schema {
  if (schema.$ref !== undefined) return merged(schemas, schemas[schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1)] ?? {});
  if (schema.allOf === undefined) return schema;
  const { allOf, ...own } = schema;
  const parts: readonly Schema[] = [own, ...allOf.map((part) => merged(schemas, part))];
  return Object.assign({}, ...parts, {
    properties: Object.assign({}, ...parts.map((part) => part.properties)),
    "x-always": parts.flatMap((part) => part["x-always"] ?? []),
  }) as Schema;
}

/** The alternative with the fewest differences; one of another kind than the value, such as null for an object, comes after all others. */
function closest(schemas: Schemas, choices: readonly Schema[], value: unknown): Schema {
  const counted = choices.map((choice) => {
    const differences = compareAnswer(schemas, choice, value);
    return { choice, count: differences.some(({ kind, path }) => kind === "type" && path === "") ? Infinity : differences.length };
  });
  return counted.toSorted((a, b) => (a.count === b.count ? 0 : a.count - b.count))[0]?.choice ?? {};
}

function add(found: Map<string, Difference>, difference: Difference): void {
  const key = `${difference.kind} ${difference.path}`;
  if (!found.has(key)) found.set(key, difference);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** Answer fields may be null although no document says so: that is no drift worth telling. */
function accepts(type: string | readonly string[], actual: string): boolean {
  const types = typeof type === "string" ? [type] : type;
  return actual === "null" || types.includes(actual) || (actual === "number" && types.includes("integer"));
}
