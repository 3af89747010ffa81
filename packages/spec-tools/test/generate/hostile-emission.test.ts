import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { emitFacade } from "../../src/generate/emit-facade.ts";
import { emitReference } from "../../src/generate/emit-reference.ts";
import { emitRoutes } from "../../src/generate/emit-routes.ts";
import { emitTypes } from "../../src/generate/emit-types.ts";
import type { OpenApiDocument } from "../../src/generate/document.ts";
import { typeDocument } from "../../src/generate/type-document.ts";
import { normalise } from "../../src/normalise/normalise.ts";
import { yamlText } from "../../src/write/yaml-text.ts";
import { noFacts } from "../normalise/rule-fixture.ts";
import { petsDocument } from "../source-fixture.ts";

const common = { BadRequestDTO: { type: "object", properties: { message: { type: "string" } } } };

/** Texts that end a string, a comment, a table cell or a YAML value, and some of anything. */
const hostile = fc.oneof(
  fc.constantFrom('"; globalThis.attacked = true; //', "*/ globalThis.attacked = true; /*", "${globalThis.attacked = true}", "`a`", "a|b\\|c", "x: y # z", "- a", "null", "\\", "'", "<b>", "[a](b)"),
  fc.string({ minLength: 1, maxLength: 12 }),
).filter((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) && !["prototype", ...Object.getOwnPropertyNames(Object.prototype)].includes(text)); // prettier-ignore

interface Names {
  readonly field: string;
  readonly values: readonly string[];
  readonly text: string;
}

function documentWith({ field, values, text }: Names): OpenApiDocument {
  const raw = petsDocument("v3");
  raw["components"].schemas.PetDto.properties[field] = {
    type: "string",
    enum: [...new Set(values)],
    default: values[0],
    description: text,
  };
  raw["components"].schemas.PetDto.required = [field];
  raw["paths"]["/pets/"].post.parameters.push({ name: "kind", in: "query", schema: { type: "string", enum: [...new Set(values)] } });
  const idOf = (key: string): string => (key.startsWith("GET") ? "pets.get" : "pets.create");
  return normalise({ file: "pets.json", service: "pets", generation: "v3", raw, common: common as never, facts: noFacts, idOf })
    .document as OpenApiDocument;
}

function syntaxErrors(text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

test("whatever fields and values are called: what is emitted parses, runs nothing, and means the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ field: hostile, values: fc.array(hostile, { minLength: 1, maxLength: 3 }), text: hostile }), async (names) => {
      const document = documentWith(names);
      // Not against JSON.parse: after a key `\`, that of V8 13.6 may read the key `"` as `\`.
      expect(parse(yamlText(document))).toEqual(document);
      const typed = typeDocument(document);
      const types = await emitTypes(typed);
      for (const module of [types, emitFacade("pets", typed.operations, { types: "./t.ts", calls: "./c.ts" }), emitRoutes(typed.operations, "./t.ts", "./o.ts")]) {
        expect(syntaxErrors(module)).toEqual([]);
        // Types and nothing else: no statement is left of them.
        expect(ts.transpileModule(module, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText.trim()).toMatch(/^(export \{\};)?$/);
      }
      for (const value of names.values) expect(literalsOf(types)).toContain(value);
      expect(propertiesOf(types)).toContain(names.field);
      const rows = emitReference("pets", "v3", document, typed.operations).split("\n").filter((line) => line.startsWith("| `") || line.startsWith("| ``"));
      for (const row of rows) expect([row, row.replaceAll(/\\\|/g, "").split("|").length]).toEqual([row, 6]);
    }),
    { numRuns: 150 },
  );
  expect(globalThis).not.toHaveProperty("attacked");
}); // prettier-ignore

function nodesOf(text: string): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("types.ts", text, ts.ScriptTarget.ES2022, true));
  return nodes;
}

function literalsOf(text: string): readonly string[] {
  return nodesOf(text).flatMap((node) => (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? [node.literal.text] : []));
}

function propertiesOf(text: string): readonly string[] {
  return nodesOf(text).flatMap((node) =>
    ts.isPropertySignature(node) && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) || ts.isNumericLiteral(node.name))
      ? [node.name.text]
      : [],
  );
}
