import type { Emulator } from "../src/index.ts";
import { packagedContract, type Generation, type OpenApiDocument, type Operation } from "../src/contract/contract-source.ts";
import { bodySchema, findOperation, queryParameters, resolve, type OpenApiOperation } from "../src/contract/open-api.ts";
import { sampleValue } from "../src/sample/sample-value.ts";

/** What a request for an operation is made of, beside its schemas. */
export interface RequestParts {
  /** Values of path parameters, query parameters and body fields, by name; those of the seed are there already. */
  readonly known?: Readonly<Record<string, string>>;
  /** Further or other query values; `undefined` leaves one out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Laid over the sampled body, or put in its place. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Of the sampled body only what the contract requires. */
  readonly isMinimal?: boolean;
  /** Default: one that the operation accepts. */
  readonly token?: string;
  /** What the samples depend on. */
  readonly seed?: string;
}

/** A well formed request for an operation, sampled from the contract. */
export interface SampleRequest {
  readonly request: Request;
  /** What is sent as JSON. */
  readonly body: unknown;
}

const versions: Readonly<Record<Generation, string>> = { v3: "v3", v2: "2021-07-28" };

export async function sampleRequest(
  operation: Operation,
  generation: Generation,
  emulator: Emulator,
  parts: RequestParts = {},
): Promise<SampleRequest> {
  const document = await packagedContract.document(generation, operation.id);
  const node = document && findOperation(document, operation);
  if (document === undefined || node === undefined) throw new Error(operation.id);
  const { locationId, companyId } = emulator.seed;
  const known = { locationId, companyId, altId: locationId, altType: "location", location_id: locationId, ...parts.known };
  const context = { seed: parts.seed ?? operation.id, known, nowIso: "2026-11-01T10:00:00.000Z" };
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (known as Record<string, string>)[name] ?? "x-1");
  const query = new URLSearchParams();
  for (const parameter of queryParameters(document, operation, node).filter((candidate) => candidate.required)) {
    const schema = { type: "object", properties: { [parameter.name]: parameter.schema } };
    const value = (sampleValue(schema, document, context) as Record<string, unknown>)[parameter.name];
    for (const item of Array.isArray(value) ? value : [value]) query.append(parameter.name, String(item));
  }
  for (const [name, value] of Object.entries(parts.query ?? {}))
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  const headers = new Headers({ Authorization: `Bearer ${parts.token ?? tokenFor(operation, emulator)}` });
  if (operation.version !== null) headers.set("Version", generation === "v3" ? operation.version : versions.v2);
  const sampled = sampledBody(document, node, context, parts.isMinimal ?? false);
  const body = isRecord(sampled)
    ? { ...sampled, ...parts.body }
    : Array.isArray(sampled)
      ? sampled.map((one) => ({ ...(one as object), ...parts.body }))
      : sampled;
  const text =
    body === undefined ? undefined : operation.body === "multipart" ? formOf(body as Record<string, unknown>) : JSON.stringify(body);
  if (text !== undefined && operation.body !== "multipart") headers.set("Content-Type", "application/json");
  return {
    request: new Request(`http://emulator.test${path}?${query}`, {
      method: operation.method,
      headers,
      ...(text !== undefined && { body: text }),
    }),
    body,
  };
}

/** A token that the operation accepts. */
export function tokenFor(operation: Operation, { seed }: Emulator): string {
  const isAgency = !operation.tokens.some((token) => token.startsWith("location")) && operation.tokens.length > 0;
  return isAgency ? seed.tokens.appCompany : seed.tokens.appLocation;
}

function sampledBody(
  document: OpenApiDocument,
  node: OpenApiOperation,
  context: Parameters<typeof sampleValue>[2],
  isMinimal: boolean,
): unknown {
  const schema = bodySchema(document, node)?.schema;
  if (schema === undefined) return undefined;
  const value = withDays(sampleValue(schema, document, context));
  const { required = [] } = resolve<{ required?: readonly string[] }>(document, schema);
  return isMinimal && isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => required.includes(name))) : value;
}

/** Documents describe these as texts; they are days. */
const days = ["issueDate", "expiryDate", "dueDate"];

/** Of invoices and estimates: a task is due at a time. */
function withDays(body: unknown): unknown {
  if (!isRecord(body) || body["issueDate"] === undefined) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, days.includes(name) ? String(value).slice(0, 10) : value]));
}

function formOf(value: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, item] of Object.entries(value)) {
    for (const part of Array.isArray(item) ? item : [item]) form.append(Array.isArray(item) ? `${name}[]` : name, String(part));
  }
  return form;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
