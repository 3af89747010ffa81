import type { ContractSource, Generation, OpenApiDocument, Operation } from "../contract/contract-source.ts";
import {
  bodySchema,
  findOperation,
  queryParameters,
  resolve,
  successOf,
  type OpenApiOperation,
  type QueryParameter,
  type Schema,
  type Success,
} from "../contract/open-api.ts";
import type { RequestBody } from "../http/request-body.ts";
import { closeSchema } from "./closed-schema.ts";
import { emptyIds } from "./empty-ids.ts";
import { isDescribed } from "./is-described.ts";
import { relax } from "./live-leniency.ts";
import { describeErrors } from "./messages.ts";
import { withoutNullStructures } from "./null-structures.ts";
import { pagingRule } from "./paging-numbers.ts";
import { readForm, readQuery } from "./read-query.ts";
import { compileSchema } from "./validator.ts";

/** What the contract says of one operation, compiled. */
export interface OperationRules {
  /** Query values in their declared types, and what is wrong with them. */
  readonly readQuery: (text: string) => { readonly values: Readonly<Record<string, unknown>>; readonly messages: readonly string[] };
  /** The body, form values in their declared types, and what is wrong with it. */
  readonly readBody: (body: RequestBody) => { readonly value: unknown; readonly messages: readonly string[] };
  readonly success: Success;
  readonly document: OpenApiDocument;
  /** The success is described: it says more than that there is one. */
  readonly isDescribed: boolean;
}

/** An operation of one generation. */
export interface ValidatedOperation {
  readonly generation: Generation;
  readonly operation: Operation;
}

/** How strictly requests are validated: the switches of `EmulatorOptions`. */
export interface ValidationSettings {
  readonly unknownQuery: "reject" | "ignore";
  readonly requirements: "live" | "documented";
  readonly unknownMessageFields: "ignore" | "reject";
  readonly pagingNumbers: "whole" | "any";
}

/** Loads the document of an operation and compiles its validators: once per operation, when its first request comes. */
export async function loadRules(route: ValidatedOperation, contract: ContractSource, options: ValidationSettings): Promise<OperationRules> {
  const { operation, generation } = route;
  const document = await contract.document(generation, operation.id);
  const node = document && findOperation(document, operation);
  if (document === undefined || node === undefined) throw new Error(`The ${generation} contract has no document of ${operation.id}.`);
  const [query, body] = await Promise.all([queryRules(document, node, route, options), bodyRules(document, node, route, options)]);
  const success = successOf(document, node);
  return { readQuery: query, readBody: body, success, document, isDescribed: isDescribed(success, document) };
}

async function queryRules(
  document: OpenApiDocument,
  node: OpenApiOperation,
  { operation }: ValidatedOperation,
  options: ValidationSettings,
): Promise<OperationRules["readQuery"]> {
  const parameters = queryParameters(document, operation, node);
  const properties = Object.fromEntries(parameters.map((parameter) => [parameter.name, withMaximum(parameter, operation)]));
  const schema: Schema = {
    type: "object",
    properties,
    required: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    additionalProperties: options.unknownQuery === "ignore",
  };
  const validate = await compileSchema(closeSchema(schema, document));
  const required = schema["required"] as readonly string[];
  const isFree = required.length === 0;
  const isPaged = operation.pagination?.in === "query" && !refusesPagingItself.has(operation.id);
  const paged = pagingRule(isPaged ? operation.pagination : null, properties, options.pagingNumbers === "whole");
  return (text) => {
    if (text === "" && isFree) return { values: {}, messages: [] };
    const { values, messages } = paged(readQuery(text, parameters));
    return { values, messages: [...describeErrors(validate(values)), ...emptyIds(values, required), ...messages] };
  };
}

/** Page sizes have a largest value in the operation table that the schemas do not repeat. */
function withMaximum({ name, schema }: QueryParameter, { id, pagination }: Operation): Schema {
  if (pagination?.max === undefined || pagination.size !== name || refusesSizesItself.has(id)) return schema;
  return schema["type"] === "string" ? schema : { ...schema, maximum: liveMaximum[id] ?? pagination.max };
}

/** Largest pages that integrators saw taken, beyond what the documents say. */
const liveMaximum: Readonly<Record<string, number>> = { "forms.list": 100 };

/** It refuses pages that are too large with another status than the rest. */
const refusesSizesItself: ReadonlySet<string> = new Set(["opportunities.search"]);

/** Its errors have an envelope of their own. */
const refusesPagingItself: ReadonlySet<string> = new Set(["oauth.listInstalledLocations"]);

/** The token endpoint complains in other words than the rest, and its handler knows them. */
const readsItsOwnBody: ReadonlySet<string> = new Set(["oauth.createToken"]);

async function bodyRules(
  document: OpenApiDocument,
  node: OpenApiOperation,
  { operation, generation }: ValidatedOperation,
  options: ValidationSettings,
): Promise<OperationRules["readBody"]> {
  const body = bodySchema(document, node);
  if (body === undefined || readsItsOwnBody.has(operation.id)) return ({ value }) => ({ value, messages: [] });
  const declared = resolve<Schema>(document, body.schema);
  const schema =
    options.requirements === "live" ? relax(operation.id, generation, declared, options.unknownMessageFields === "ignore") : declared;
  const validate = await compileSchema(closeSchema(schema, document));
  const isOptional = !body.required && (declared["required"] === undefined || operation.method === "DELETE");
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;
  const required = (schema["required"] ?? []) as readonly string[];
  // What only asks has no field to empty: every null of it is an absent parameter.
  const withoutNulls = (given: unknown): unknown =>
    withoutNullStructures(operation.retry === "safe" && isRecord(given) ? withoutNullFields(given) : given, schema, document);
  const isPaged = operation.pagination?.in === "body";
  const paged = pagingRule(isPaged ? operation.pagination : null, properties, options.pagingNumbers === "whole");
  return ({ value, text, isForm }) => {
    if (value === undefined && isOptional) return { value, messages: [] };
    const typed = isForm === true ? readForm(value as Record<string, unknown>, properties) : value;
    const { values, messages } = isPaged && isRecord(typed) ? paged(typed) : { values: typed, messages: [] };
    // An absent body is an empty one to the platform: every required property is then missed.
    const found = [...describeErrors(validate(values ?? {})), ...emptyIds(values, required), ...messages];
    return { value: text.includes("null") ? withoutNulls(values) : values, messages: found };
  };
}

function withoutNullFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
