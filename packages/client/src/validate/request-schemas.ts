import { dereference, type Schema } from "@cfworker/json-schema";
import { loadDocument, type Generation } from "@ghlkit/contract-documents";

/** A parameter of the query. */
export interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** What the contract says about the requests of one operation. */
export interface RequestSchemas {
  readonly query: readonly QueryParameter[];
  /** Of a JSON body. */
  readonly body: { readonly required: boolean; readonly schema: Schema } | undefined;
}

/** The operations of one document by `METHOD /path`, and where its references lead. */
export interface DocumentSchemas {
  readonly operations: ReadonlyMap<string, RequestSchemas>;
  readonly lookup: Record<string, Schema | boolean>;
}

interface DocumentedOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Schema }[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

const loaded = new Map<string, Promise<DocumentSchemas>>();

/** Reads a document once. */
export function documentSchemas(generation: Generation, service: string): Promise<DocumentSchemas> {
  const key = `${generation}/${service}`;
  let schemas = loaded.get(key);
  if (schemas === undefined) loaded.set(key, (schemas = read(generation, service)));
  return schemas;
}

async function read(generation: Generation, service: string): Promise<DocumentSchemas> {
  // The validator leaves marks in the schemas: others read the document, too.
  const { paths, components } = structuredClone(await loadDocument(generation, service));
  const operations = new Map<string, RequestSchemas>();
  const roots: Record<string, Schema> = {};
  for (const [path, item] of Object.entries(paths))
    for (const [method, operation] of Object.entries(item)) {
      const schemas = schemasOf(operation as DocumentedOperation);
      operations.set(`${method.toUpperCase()} ${path}`, schemas);
      const number = String(operations.size);
      for (const [at, { schema }] of schemas.query.entries()) roots[`${number}-query-${at}`] = schema;
      if (schemas.body !== undefined) roots[`${number}-body`] = schemas.body.schema;
    }
  return { operations, lookup: dereference({ components, roots } as unknown as Schema) };
}

function schemasOf({ parameters = [], requestBody }: DocumentedOperation): RequestSchemas {
  const query = parameters.flatMap(({ name, in: place, required = false, schema = {} }) =>
    place === "query" ? [{ name, required, schema }] : [],
  );
  const schema = requestBody?.content?.["application/json"]?.schema;
  return { query, body: schema === undefined ? undefined : { required: requestBody?.required === true, schema } };
}
