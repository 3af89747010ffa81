import { STATUS_CODES } from "node:http";
import { distinctAlternatives } from "./distinct-alternatives.ts";
import { shareErrorResponses } from "./error-responses.ts";
import { factSchema } from "./fact-schema.ts";
import type { OperationFacts } from "./operation-facts.ts";
import { operationsOf } from "./operations-of.ts";
import { reachableSchemas } from "./reachable-schemas.ts";
import { schemaNames } from "./schema-name.ts";
import type { SourceContent, SourceDocument, SourceOperation, SourceParameter, SourcePathItem, SourceResponse } from "./source-document.ts";
import { visitReferences } from "./visit-references.ts";

export type Generation = "v3" | "v2";

/** Writes the facts of a repaired document as a document of ours: OpenAPI 3.1, stable order, no words of the vendor. */
export function contractDocument(
  source: SourceDocument,
  service: string,
  generation: Generation,
  factsOf: (key: string, operation: SourceOperation) => OperationFacts,
): object {
  const paths: Record<string, SourcePathItem> = {};
  for (const { path, method, key, operation } of operationsOf(source)) {
    paths[path] = { ...paths[path], [method]: contractOperation(service, operation, factsOf(key, operation)) };
  }
  const schemas = Object.fromEntries(Object.entries(source.components.schemas).map(([name, schema]) => [name, factSchema(schema)]));
  const document = {
    info: { title: `HighLevel ${service}`, version: generation },
    paths: sorted(paths),
    components: { schemas: reachableSchemas({ paths, components: { schemas } }) },
  } satisfies SourceDocument as SourceDocument;
  renameSchemas(document);
  distinctAlternatives(document);
  shareErrorResponses(document);
  const { responses } = document.components;
  return {
    openapi: "3.1.0",
    info: document.info,
    servers: [{ url: "https://services.leadconnectorhq.com" }],
    paths: document.paths,
    components: {
      ...securitySchemes(document),
      ...(responses === undefined ? {} : { responses }),
      schemas: document.components.schemas,
    },
  };
}

function contractOperation(service: string, operation: SourceOperation, facts: OperationFacts): SourceOperation {
  const written = {
    operationId: facts.id,
    tags: [service],
    externalDocs: { url: `https://marketplace.gohighlevel.com/docs/ghl/${service}/${encodeURIComponent(operation.operationId)}` },
    deprecated: operation.deprecated === true ? true : undefined,
    "x-version": operation["x-version"],
    "x-scopes": operation["x-scopes"],
    "x-scopes-source": operation["x-scopes-source"],
    "x-retry": facts.retry,
    "x-successor": facts.successor,
    "x-pagination": facts.pagination,
    security: operation.security,
    "x-security-source": operation["x-security-source"],
    parameters: operation.parameters?.length ? operation.parameters.map(contractParameter) : undefined,
    requestBody: operation.requestBody && {
      ...(operation.requestBody.required === true ? { required: true } : {}),
      content: contractContent(operation.requestBody.content),
    },
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [status, contractResponse(status, response)]),
    ),
  };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as unknown as SourceOperation;
}

function contractParameter(parameter: SourceParameter): SourceParameter {
  return {
    name: parameter.name,
    in: parameter.in,
    ...(parameter.required === true ? { required: true } : {}),
    ...(parameter.style === undefined ? {} : { style: parameter.style }),
    ...(parameter.explode === undefined ? {} : { explode: parameter.explode }),
    schema: factSchema(parameter.schema),
  };
}

function contractContent(content: SourceContent): SourceContent {
  return Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, { schema: factSchema(schema ?? {}) }]));
}

function contractResponse(status: string, response: SourceResponse): SourceResponse {
  return {
    description: STATUS_CODES[status] ?? "Answer",
    ...(response.content === undefined || Object.keys(response.content).length === 0 ? {} : { content: contractContent(response.content) }),
  };
}

function renameSchemas(document: SourceDocument): void {
  const { schemas } = document.components;
  const names = schemaNames(schemas);
  visitReferences(document, (holder) => {
    holder.$ref = `#/components/schemas/${names.get(holder.$ref.replace("#/components/schemas/", ""))}`;
  });
  document.components.schemas = sorted(
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [names.get(name) as string, schema])),
  );
}

/** Only the schemes that some operation takes. */
function securitySchemes(document: SourceDocument): { securitySchemes?: Record<string, object> } {
  const used = new Set(operationsOf(document).flatMap(({ operation }) => (operation.security ?? []).flatMap(Object.keys)));
  const names = ["location", "locationOAuth", "agency", "agencyOAuth"].filter((name) => used.has(name));
  if (names.length === 0) return {};
  return { securitySchemes: Object.fromEntries(names.map((name) => [name, { type: "http", scheme: "bearer" }])) };
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
