import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { byDate } from "./by-date.ts";
import type { Schema } from "./document.ts";
import { openEnums } from "./open-enums.ts";
import { sameSchemas } from "./same-schemas.ts";
import type { TypeDocument } from "./type-document.ts";

const factory = ts.factory;

/** The types of a service in v3, which v2 refers to where they mean the same. */
export interface V3Types {
  /** Relative path of their module. */
  readonly module: string;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/**
 * Writes the schema types of one service with openapi-typescript: `components`, and each named component by its own name. What means the
 * same in `v3` is referred to there.
 */
export async function emitTypes({ schemas, named }: TypeDocument, v3: V3Types = { module: "", schemas: {} }): Promise<string> {
  const same = new Set(sameSchemas(schemas, v3.schemas));
  const own = Object.entries(schemas).map(([name, schema]) => [name, same.has(name) ? { "x-same-in-v3": name } : schema]);
  const document = {
    openapi: "3.1.0",
    info: { title: "types", version: "0" },
    paths: {},
    components: { schemas: Object.fromEntries(own) },
  };
  const nodes = await openapiTS(document as never, { defaultNonNullable: false, alphabetize: false, silent: true, transform });
  const components = nodes.filter((node) => ts.isInterfaceDeclaration(node) && node.name.text === "components");
  const names = named.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name)).toSorted();
  const imports = same.size === 0 ? [] : [`import type { components as V3 } from "${v3.module}";\n`];
  return [
    ...imports,
    astToString(openEnums(components)).trimEnd(),
    ...names.map((name) => `export type ${name} = components["schemas"]["${name}"];`),
    "",
  ].join("\n");
}

/** What the client sends as a file part. */
const fileTypes = ["Blob", "ArrayBuffer", "ArrayBufferView"];

/** Schemas that are typed in v3, files of requests, objects by date, and answers of which nothing is known. */
function transform(schema: unknown): ts.TypeNode | undefined {
  const one = schema as Schema & { readonly "x-same-in-v3"?: string };
  if (one["x-same-in-v3"] !== undefined) return typeOfV3(one["x-same-in-v3"]);
  if (one.format === "binary") return factory.createUnionTypeNode(fileTypes.map((name) => factory.createTypeReferenceNode(name)));
  if (one.format === "form-data") return factory.createTypeReferenceNode("FormData");
  return byDate(one);
}

/** `V3["schemas"]["Name"]` */
function typeOfV3(name: string): ts.TypeNode {
  const key = (text: string): ts.TypeNode => factory.createLiteralTypeNode(factory.createStringLiteral(text));
  const schemas = factory.createIndexedAccessTypeNode(factory.createTypeReferenceNode("V3"), key("schemas"));
  return factory.createIndexedAccessTypeNode(schemas, key(name));
}
