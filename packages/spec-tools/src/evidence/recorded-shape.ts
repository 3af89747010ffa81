import type { RecordedAnswer, RecordedType } from "./recorded-answers.ts";

/** What was recorded at one place, and below it. */
export interface RecordedShape {
  /** `contacts[].id`; empty at the root. */
  readonly path: string;
  readonly types: ReadonlySet<RecordedType | "array" | "object">;
  readonly fields: ReadonlyMap<string, RecordedShape>;
  readonly items: RecordedShape | undefined;
}

interface Growing {
  readonly path: string;
  readonly types: Set<RecordedType | "array" | "object">;
  readonly fields: Map<string, Growing>;
  items: Growing | undefined;
}

/** Makes a tree of recorded paths. */
export function recordedShape({ types }: RecordedAnswer): RecordedShape {
  const root = emptyShape("");
  for (const [path, recorded] of types) addPath(root, path, recorded);
  return root;
}

function addPath(root: Growing, path: string, recorded: readonly RecordedType[]): void {
  let place = root;
  // `tags[]` is the field `tags`, a list, and what its elements are.
  for (const [step] of path.matchAll(/[^.[\]]+|\[\]/g)) place = step === "[]" ? itemsOf(place) : fieldOf(place, step);
  for (const type of recorded) place.types.add(type);
}

function itemsOf(place: Growing): Growing {
  place.types.add("array");
  return (place.items ??= emptyShape(`${place.path}[]`));
}

function fieldOf(place: Growing, name: string): Growing {
  place.types.add("object");
  const known = place.fields.get(name);
  if (known !== undefined) return known;
  const field = emptyShape(place.path === "" ? name : `${place.path}.${name}`);
  place.fields.set(name, field);
  return field;
}

function emptyShape(path: string): Growing {
  return { path, types: new Set(), fields: new Map(), items: undefined };
}
