import { loaders as current, slugs as currentSlugs } from "./generated/v3/documents/index.ts";
import { loaders as v2, slugs as v2Slugs } from "./generated/v2/documents/index.ts";

/** `v3` is the current generation, `v2` the older one. */
export type Generation = "v3" | "v2";

/** An OpenAPI 3.1 document as parsed JSON. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas?: Readonly<Record<string, unknown>>; readonly [kind: string]: unknown };
  readonly [field: string]: unknown;
}

const loaded = new Map<string, Promise<OpenApiDocument>>();

/** Slugs of the services of a generation, such as `"ad-publishing"`. */
export function documentServices(generation: Generation): readonly string[] {
  return Object.keys(loadersOf(generation));
}

/** Slug of the document in which an operation stands, or `undefined`. */
export function documentOf(generation: Generation, operationId: string): string | undefined {
  return (generation === "v3" ? currentSlugs : v2Slugs)[operationId.slice(0, operationId.indexOf("."))];
}

/**
 * The whole document of one service, overlays applied: imported and parsed on first use, then kept.
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
  return JSON.parse((await loader()).json) as OpenApiDocument;
}

function loadersOf(generation: Generation): typeof current {
  return generation === "v3" ? current : v2;
}
