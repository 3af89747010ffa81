import { withoutAnswersOnly } from "./answers-only.ts";
import { bodyContent, isUnknown, refName, successAnswer, type OpenApiDocument, type Parameter, type Schema } from "./document.ts";
import { inputName } from "./input-name.ts";
import { itemSchema } from "./item-schema.ts";
import { readOperations, type DocumentedOperation } from "./operation-rows.ts";
import { asReceived } from "./received-schema.ts";
import { rewriteSchema } from "./rewrite-schema.ts";

/** What the facade and the route maps need to name the types of one operation. */
export interface OperationTypes extends DocumentedOperation {
  /** `get` of `contacts.get`. */
  readonly name: string;
  /** Component of the flat input, tenant parameters optional; `undefined` when the operation takes nothing. */
  readonly input: { readonly component: string; readonly required: boolean } | undefined;
  readonly path: string | undefined;
  readonly query: { readonly component: string; readonly required: boolean } | undefined;
  readonly body: { readonly component: string; readonly required: boolean } | undefined;
  /** Tenant parameters that only a bound client may leave out. */
  readonly tenants: readonly { readonly name: string; readonly inBody: boolean; readonly literal?: string }[];
  /** Component of the answer, or a TypeScript type that needs none. */
  readonly output: { readonly component: string } | { readonly type: "unknown" | "undefined" | "string" | "Blob" };
  /** Component of one item of a paged list. */
  readonly item: string | undefined;
}

export interface TypeDocument {
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Components that come from the contract itself: exported under their own names. */
  readonly named: readonly string[];
  readonly operations: readonly OperationTypes[];
}

/**
 * Rearranges a service document into schemas alone, one for each thing a type is needed for. Requests are closed:
 * enums are exact and unknown keys do not compile. Answers are open: enums accept values to come, and a field is
 * optional unless an overlay knows it to be always there (`x-always`).
 */
export function typeDocument(document: OpenApiDocument): TypeDocument {
  const operations = readOperations(document);
  const sent = reachable(
    document,
    operations.flatMap(({ source }) => requestSchemas(source.parameters, bodyContent(source)?.schema)),
  );
  const received = reachable(document, operations.flatMap(answerSchemas));
  const sentName = (name: string): string => (received.has(name) ? freeName(document, name) : name);
  const nested = nestedNames(document, sent);
  const relaxed = new Map([...relaxedBodies(document, operations)].filter(([name]) => !nested.has(name)));

  const schemas: Record<string, Schema> = {};
  const named: string[] = [];
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    if (received.has(name)) schemas[name] = asReceived(schema);
    if (sent.has(name)) schemas[sentName(name)] = asSent(relax(schema, relaxed.get(name) ?? []), sentName);
    if (received.has(name)) named.push(name);
    if (sent.has(name)) named.push(sentName(name));
  }
  const typed = operations.map((operation) => typesOf(document, operation, schemas, { sentName, nested }));
  return { schemas, named, operations: typed };
}

/** How the schemas of requests are named, and which of them stand within others. */
interface SentSchemas {
  readonly sentName: (name: string) => string;
  readonly nested: ReadonlySet<string>;
}

function typesOf(
  document: OpenApiDocument,
  operation: DocumentedOperation,
  schemas: Record<string, Schema>,
  { sentName, nested }: SentSchemas,
): OperationTypes {
  const { row, source } = operation;
  const name = row.id.slice(row.id.indexOf(".") + 1);
  const add = (suffix: string, schema: Schema): string => {
    if (schema.$ref !== undefined) return refName(schema.$ref);
    schemas[`${name}.${suffix}`] = schema;
    return `${name}.${suffix}`;
  };
  const parameters = source.parameters ?? [];
  const inPath = parameters.filter((one) => one.in === "path");
  const inQuery = parameters.filter((one) => one.in === "query");
  const content = bodyOf(document, source);
  const bodyTenants = row.tenant.filter((one) => one.in === "body").map((one) => one.name);
  const bodySchema = content === undefined ? undefined : (named(document, content.schema) ?? content.schema);
  const bodyRequiredTenants = bodyTenants.filter((one) => bodySchema?.required?.includes(one));
  const isShared = content?.schema.$ref !== undefined && nested.has(refName(content.schema.$ref));
  // A component that stands elsewhere, too, keeps its tenants required there: the body is a relaxed copy.
  const root = isShared && bodyRequiredTenants.length > 0 ? bodySchema : content?.schema;
  const body = root === undefined ? undefined : asSent(root.$ref === undefined ? relax(root, bodyTenants) : root, sentName);
  const bodyRequired = content?.required === true || (bodySchema?.required?.length ?? 0) > 0;
  const bodyNeeded =
    bodyRequired && !((bodySchema?.required?.length ?? 0) > 0 && bodySchema?.required?.every((one) => bodyTenants.includes(one as never)));

  const tenantNames = row.tenant.filter((one) => one.in !== "body").map((one) => one.name as string);
  const flat = {
    ...objectOf(
      parameters.map((one) => ({
        ...one,
        name: inputName(one, parameters),
        required: one.required === true && !tenantNames.includes(one.name),
      })),
      sentName,
    ),
  };
  const input: Schema = {
    ...flat,
    properties: { ...flat.properties, ...(body === undefined ? {} : { body }) },
    required: [...(flat.required ?? []), ...(bodyNeeded ? ["body"] : [])],
  };
  const tenants = [
    ...parameters.filter((one) => one.required === true && tenantNames.includes(one.name)).map((one) => tenantType(one.name, false)),
    ...bodyRequiredTenants.map((one) => tenantType(one, true)),
  ];
  const bodyComponent = body === undefined ? undefined : add("body", body);
  const fields: Schema | undefined = bodyComponent === undefined ? undefined : { $ref: `#/components/schemas/${bodyComponent}` };
  // Files may come as fields, or in a FormData of the caller's own; a tenant can only be filled into fields.
  const takesFormData = content?.kind === "multipart" && bodyRequiredTenants.length === 0;
  // A component of its own: openapi-typescript transforms components and properties, not what stands within `anyOf`.
  const form = (): Schema => ({ $ref: `#/components/schemas/${add("form", { format: "form-data" })}` });
  const bodyRef = takesFormData && fields !== undefined ? { anyOf: [fields, form()] } : fields;
  const empty = Object.keys(input.properties ?? {}).length === 0;
  return {
    ...operation,
    name,
    input: empty
      ? undefined
      : {
          component: add("input", { ...input, properties: { ...input.properties, ...(bodyRef === undefined ? {} : { body: bodyRef }) } }),
          required: (input.required?.length ?? 0) > 0,
        },
    path: inPath.length === 0 ? undefined : add("path", objectOf(inPath, sentName)),
    query:
      inQuery.length === 0
        ? undefined
        : { component: add("query", objectOf(inQuery, sentName)), required: inQuery.some((one) => one.required) },
    body: bodyComponent === undefined ? undefined : { component: bodyComponent, required: bodyRequired },
    tenants,
    output: outputOf(operation, add),
    item: itemOf(document, operation, add),
  };
}

function outputOf({ source }: DocumentedOperation, add: (suffix: string, schema: Schema) => string): OperationTypes["output"] {
  const answer = successAnswer(source);
  if (answer === undefined || answer.schema === undefined) return { type: answer?.status === 204 ? "undefined" : "unknown" };
  if (answer.kind === "binary") return { type: "Blob" };
  if (answer.kind === "text") return { type: "string" };
  if (isUnknown(answer.schema)) return { type: "unknown" };
  return { component: add("output", asReceived(answer.schema)) };
}

function itemOf(
  document: OpenApiDocument,
  { row, source }: DocumentedOperation,
  add: (suffix: string, schema: Schema) => string,
): string | undefined {
  const schema = successAnswer(source)?.schema;
  if (row.pagination === null || schema === undefined) return undefined;
  const item = itemSchema(document, schema, row.pagination.items);
  return item === undefined || isUnknown(item) ? undefined : add("item", asReceived(item));
}

function tenantType(name: string, inBody: boolean): OperationTypes["tenants"][number] {
  return name === "altType" ? { name, inBody, literal: "location" } : { name, inBody };
}

function objectOf(parameters: readonly Parameter[], sentName: (name: string) => string): Schema {
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map((one) => [one.name, asSent(one.schema, sentName)])),
    required: [...new Set(parameters.filter((one) => one.required).map((one) => one.name))],
  };
}

function requestSchemas(parameters: readonly Parameter[] = [], body: Schema | undefined): readonly Schema[] {
  return [...parameters.map((one) => one.schema), ...(body === undefined ? [] : [body])];
}

function answerSchemas({ source }: DocumentedOperation): readonly Schema[] {
  const schema = successAnswer(source)?.schema;
  return schema === undefined ? [] : [schema];
}

/** Names of the components that schemas lead to. */
function reachable(document: OpenApiDocument, start: readonly Schema[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const ref = (value as Schema).$ref;
    if (typeof ref === "string" && !found.has(refName(ref))) {
      found.add(refName(ref));
      visit(document.components?.schemas?.[refName(ref)]);
    }
    Object.values(value).forEach(visit);
  };
  start.forEach(visit);
  return found;
}

/** Names of sent components that stand within another schema, not only as a whole body. */
function nestedNames(document: OpenApiDocument, sent: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const ref = (value as Schema).$ref;
    if (typeof ref === "string") found.add(refName(ref));
    Object.values(value).forEach(visit);
  };
  for (const name of sent) {
    const schema = document.components?.schemas?.[name];
    // Another name of a body is no place within a schema.
    if (schema?.$ref === undefined) visit(schema);
  }
  return found;
}

/** The body of an operation; of a component that only names another one, that other one. */
function bodyOf(document: OpenApiDocument, source: DocumentedOperation["source"]): ReturnType<typeof bodyContent> {
  const content = bodyContent(source);
  if (content === undefined) return undefined;
  let { schema } = content;
  for (let next = named(document, schema); next?.$ref !== undefined; next = named(document, schema)) schema = next;
  return { ...content, schema };
}

/** The component that a schema names, if it names one. */
function named(document: OpenApiDocument, { $ref }: Schema): Schema | undefined {
  return $ref === undefined ? undefined : document.components?.schemas?.[refName($ref)];
}

function freeName(document: OpenApiDocument, name: string): string {
  const taken = document.components?.schemas ?? {};
  return `${name}Input` in taken ? `${name}RequestInput` : `${name}Input`;
}

/** Body components whose tenant properties a bound client fills in, with those properties. */
function relaxedBodies(document: OpenApiDocument, operations: readonly DocumentedOperation[]): ReadonlyMap<string, readonly string[]> {
  const relaxed = new Map<string, readonly string[]>();
  for (const { row, source } of operations) {
    const ref = bodyOf(document, source)?.schema.$ref;
    const names = row.tenant.filter((one) => one.in === "body").map((one) => one.name);
    if (ref !== undefined && names.length > 0) relaxed.set(refName(ref), names);
  }
  return relaxed;
}

function relax(schema: Schema, names: readonly string[]): Schema {
  if (names.length === 0 || schema.required === undefined) return schema;
  return { ...schema, required: schema.required.filter((name) => !names.includes(name)) };
}

function asSent(schema: Schema, sentName: (name: string) => string): Schema {
  return rewriteSchema(schema, (one) => {
    const own = withoutAnswersOnly(one);
    return own.$ref === undefined ? own : { ...own, $ref: `#/components/schemas/${sentName(refName(own.$ref))}` };
  });
}
