import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { byDate } from "./by-date.ts";
import type { Schema } from "./document.ts";
import type { TypeDocument } from "./type-document.ts";

const factory = ts.factory;

/** Writes the schema types of one service with openapi-typescript: `components`, and each named component by its own name. */
export async function emitTypes({ schemas, named }: TypeDocument): Promise<string> {
  const document = { openapi: "3.1.0", info: { title: "types", version: "0" }, paths: {}, components: { schemas } };
  const nodes = await openapiTS(document as never, { defaultNonNullable: false, alphabetize: false, silent: true, transform });
  const components = nodes.filter((node) => ts.isInterfaceDeclaration(node) && node.name.text === "components");
  const names = named.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name)).toSorted();
  return [astToString(components).trimEnd(), ...names.map((name) => `export type ${name} = components["schemas"]["${name}"];`), ""].join(
    "\n",
  );
}

/** What the client sends as a file part. */
const fileTypes = ["Blob", "ArrayBuffer", "ArrayBufferView"];

/** Open enums of answers, files of requests, objects by date, and answers of which nothing is known. */
function transform(schema: unknown): ts.TypeNode | undefined {
  const one = schema as Schema & { readonly "x-open"?: boolean };
  if (one.format === "binary") return factory.createUnionTypeNode(fileTypes.map((name) => factory.createTypeReferenceNode(name)));
  if (one.format === "form-data") return factory.createTypeReferenceNode("FormData");
  if (one["x-open"] === true && one.enum !== undefined) return openEnum(one.enum);
  return byDate(one);
}

function openEnum(values: readonly unknown[]): ts.TypeNode | undefined {
  const texts = values.filter((value) => typeof value === "string");
  const rest = values.filter((value) => typeof value !== "string");
  if (texts.length === 0 || rest.some((value) => value !== null)) return undefined;
  const literals = texts.map((text) => factory.createLiteralTypeNode(factory.createStringLiteral(text)));
  const any = factory.createIntersectionTypeNode([
    factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    factory.createTypeLiteralNode([]),
  ]);
  const nullable = rest.map(() => factory.createLiteralTypeNode(factory.createNull()));
  return factory.createUnionTypeNode([...literals, any, ...nullable]);
}
