/** Where fields stand in an answer and of which types they are: path → types. `[]` stands for the items of a list. */
export type AnswerShape = ReadonlyMap<string, ReadonlySet<string>>;

/** The shape of an answer, in the words of `openapi/evidence`. */
export function shapeOf(answer: unknown): AnswerShape {
  const shape = new Map<string, Set<string>>();
  const note = (path: string, type: string): void => void (shape.get(path) ?? shape.set(path, new Set()).get(path))?.add(type);
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      note(`${path}[]`, value.length === 0 ? "empty-array" : "array");
      for (const item of value) walk(item, `${path}[]`);
    } else if (typeof value === "object" && value !== null) {
      note(path, Object.keys(value).length === 0 ? "empty-object" : "object");
      for (const [name, field] of Object.entries(value)) walk(field, path === "" ? name : `${path}.${name}`);
    } else note(path, scalarType(value));
  };
  walk(answer, "");
  return shape;
}

function scalarType(value: unknown): string {
  if (value === null) return "null";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** Types of an answer that go for a recorded one; every type goes for itself. */
const compatible: Readonly<Record<string, readonly string[]>> = {
  "empty-array": ["array"],
  "empty-object": ["object"],
  number: ["integer"],
  // What was null in the recordings may hold a value elsewhere.
  null: ["string", "boolean", "integer", "number"],
};

/** Recorded paths that an answer lacks, or has with another type. */
export function missingPaths(recorded: Readonly<Record<string, string>>, answer: unknown): readonly string[] {
  const shape = shapeOf(answer);
  return Object.entries(recorded).flatMap(([path, types]) => {
    const found = shape.get(path);
    const wanted = types.split(" | ").flatMap((type) => [type, ...(compatible[type] ?? [])]);
    return found !== undefined && [...found].some((type) => wanted.includes(type)) ? [] : [`${path}: ${types}`];
  });
}
