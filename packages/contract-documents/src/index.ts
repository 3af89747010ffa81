import { loaders as sharedSchemas } from "./generated/shared/index.ts";
import { loaders as v2, slugs as v2Slugs } from "./generated/v2/index.ts";
import { loaders as v3, slugs as v3Slugs } from "./generated/v3/index.ts";

/** `v3` is the current generation, `v2` the older one. */
export type Generation = "v3" | "v2";

/** An OpenAPI 3.1 document as parsed JSON. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  /** Path → method in lower case → operation object. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** `schemas` by name, and the other kinds of components that a document has. */
  readonly components: { readonly schemas?: Readonly<Record<string, unknown>>; readonly [kind: string]: unknown };
  readonly [field: string]: unknown;
}

const loaded = new Map<string, Promise<OpenApiDocument>>();

/** Slugs of the services of a generation, such as `"ad-publishing"`. */
export function documentServices(generation: Generation): readonly string[] {
  return Object.keys(loadersOf(generation));
}

/** Slug of the document that has an operation, or `undefined` where no document of the generation has it. */
export function documentOf(generation: Generation, operationId: string): string | undefined {
  return (generation === "v3" ? v3Slugs : v2Slugs)[operationId.slice(0, operationId.indexOf("."))];
}

/**
 * The whole document of one service, overlays applied: imported and parsed on first use, then kept.
 *
 * @throws RangeError when the service is unknown.
 */
export function loadDocument(generation: Generation, service: string): Promise<OpenApiDocument> {
  const key = `${generation}/${service}`;
  let document = loaded.get(key);
  if (document === undefined) loaded.set(key, (document = load(generation, service)));
  return document;
}

async function load(generation: Generation, service: string): Promise<OpenApiDocument> {
  const loader = loadersOf(generation)[service];
  if (loader === undefined) throw new RangeError(`No document for service "${service}" in ${generation}.`);
  const document = JSON.parse((await loader()).json) as OpenApiDocument;
  const shared = await sharedSchemas[service]?.();
  return shared === undefined ? document : withSharedSchemas(document, JSON.parse(shared.json) as Schemas);
}

type Schemas = Readonly<Record<string, unknown>>;

/** Fills in the schemas that both generations have in the same words: a document has `null` in their place. */
function withSharedSchemas(document: OpenApiDocument, shared: Schemas): OpenApiDocument {
  const { schemas = {}, ...others } = document.components;
  const filled = Object.entries(schemas).map(([name, schema]) => [name, schema ?? shared[name]] as const);
  return { ...document, components: { ...others, schemas: Object.fromEntries(filled) } };
}

function loadersOf(generation: Generation): typeof v3 {
  return generation === "v3" ? v3 : v2;
}
