import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { compareSchemas } from "../../src/diff/compare-schemas.ts";
import type { Direction } from "../../src/diff/schema-comparison.ts";
import type { Schema } from "../../src/generate/document.ts";
import { emitTypes } from "../../src/generate/emit-types.ts";
import { asReceived } from "../../src/generate/received-schema.ts";

const scalar: fc.Arbitrary<Schema> = fc.constantFrom<Schema>(
  { type: "string" },
  { type: "number" },
  { type: "integer" },
  { type: "boolean" },
  { type: ["string", "null"] },
  { type: "string", enum: ["a", "b"] },
  { type: "string", enum: ["a"] },
  { type: "string", enum: ["a", "b", "c"] },
  { type: "number", enum: [1, 2] },
  { type: "number", enum: [1] },
  { type: "string", format: "date-time" },
  { type: "string", format: "binary" },
);

const { schema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    tie("object"),
    tie("schema").map((items) => ({ type: "array", items })),
    fc.array(tie("schema"), { minLength: 2, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  ),
  object: fc
    .record({
      // An object without fields is typed as one that can have none.
      properties: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { minKeys: 1, maxKeys: 3 }),
      required: fc.subarray(["a", "b", "c"]),
      additionalProperties: fc.constantFrom<Schema["additionalProperties"]>(undefined, undefined, true),
    })
    .map(({ properties, required, additionalProperties }) => ({
      type: "object",
      properties: { ...properties },
      required: required.filter((name) => name in properties),
      ...(additionalProperties === undefined ? {} : { additionalProperties }),
    })),
}));

/** Two schemas that differ in one place, or in everything. */
const pair: fc.Arbitrary<readonly [Schema, Schema]> = fc
  .tuple(schema, schema, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([one, other, where]) => [one, changed(one, other, where)]);

/** Puts `other` into a place of `one`. */
function changed(one: Schema, other: Schema, where: number): Schema {
  const names = Object.keys(one.properties ?? {});
  if (where < 0.3) return other;
  if (one.anyOf !== undefined)
    return { anyOf: one.anyOf.map((member, index) => (index === 0 ? changed(member, other, where - 0.2) : member)) };
  if (one.items !== undefined) return { ...one, items: changed(one.items, other, where - 0.2) };
  const [name] = names;
  if (name === undefined || where > 0.9) return { ...one, required: where > 0.95 ? [] : names };
  return { ...one, properties: { ...one.properties, [name]: changed(one.properties?.[name] as Schema, other, where - 0.2) } };
}

/** Index of the first pair whose types are not assignable, by the compiler's own judgement. */
async function notAssignable(pairs: readonly (readonly [from: Schema, to: Schema])[]): Promise<readonly number[]> {
  const schemas = Object.fromEntries(pairs.flatMap(([from, to], index) => [[`From${index}`, from], [`To${index}`, to]] as const)); // prettier-ignore
  const types = await emitTypes({ schemas, named: [], operations: [] });
  const lines = pairs.map((_, index) => `export const check${index}: S["To${index}"] = null! as S["From${index}"];`);
  const text = `${types}\ntype S = components["schemas"];\n${lines.join("\n")}\n`;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === "pairs.ts" ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true) : read(name, ...rest);
  host.fileExists = (
    (exists) => (name: string) =>
      name === "pairs.ts" || exists(name)
  )(host.fileExists.bind(host));
  const program = ts.createProgram(["pairs.ts"], options, host);
  const source = program.getSourceFile("pairs.ts");
  const found = program
    .getSemanticDiagnostics(source)
    .map(({ start = 0 }) => /check(\d+)/.exec(text.slice(text.lastIndexOf("\n", start)))?.[1]);
  return found.filter((one) => one !== undefined).map(Number);
}

test.each<[Direction, string]>([
  ["request", "each old type is assignable to the new one"],
  ["answer", "each new type is assignable to the old one"],
])("what does not break a %s: %s, as the compiler judges", async (direction) => {
  const pairs = fc.sample(pair, { numRuns: 1500, seed: 20_261_130 });
  const compatible = pairs.filter(([before, after]) => !compareSchemas(before, after, direction, "x").some(({ breaking }) => breaking));
  expect(compatible.length).toBeGreaterThan(100);
  const typed = compatible.map(([before, after]) =>
    direction === "request" ? ([before, after] as const) : ([asReceived(after), asReceived(before)] as const),
  );
  const wrong = await notAssignable(typed);
  expect(wrong.map((index) => compatible[index]).slice(0, 3).map((one) => JSON.stringify(one))).toEqual([]); // prettier-ignore
});
