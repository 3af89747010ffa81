import { assertPath } from "./known-path.ts";
import { assertSchema } from "./known-schema.ts";
import { assertName, assertPattern, flag, list, object, text } from "./known-value.ts";
import { pointerStep, SpecStop } from "./spec-stop.ts";

// Whatever the vendor's files may contain. A word that is not here stops the run: it may carry a fact that would be lost.
const topKeys = ["openapi", "info", "servers", "tags", "x-tagGroups", "paths", "components"];
const componentKeys = ["schemas", "securitySchemes"];
const operationKeys = [
  "operationId",
  "summary",
  "description",
  "tags",
  "externalDocs",
  "x-version-added",
  "deprecated",
  "parameters",
  "requestBody",
  "responses",
  "security",
];
const parameterKeys = [
  "name",
  "in",
  "required",
  "schema",
  "description",
  "example",
  "examples",
  "default",
  "explode",
  "style",
  "anyOf",
  "oneOf",
];
const bodyKeys = ["required", "content", "description"];
const responseKeys = ["description", "content", "headers"];
const mediaKeys = ["schema", "example", "examples"];
const locations = ["path", "query", "header"];
const headerNames = ["version", "authorization"];
const mediaTypes = ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"];
const httpMethods = ["get", "post", "put", "patch", "delete"];
const server = "https://services.leadconnectorhq.com";

// They go into URLs, comments, tables and separated lists: only what needs no escape in any of them.
const parameterPattern = /^[A-Za-z0-9_$][A-Za-z0-9_.$[\]-]*$/;
const scopePattern = /^[A-Za-z0-9][A-Za-z0-9._/:-]*$/;
const operationIdPattern = /^[\w .,:/()+-]+$/;

/** Stops at the first word or value in a vendor document that no rule knows. @throws SpecStop */
export function assertKnownShape(file: string, raw: unknown): void {
  const document = object(file, "", raw);
  assertKeys(file, document, topKeys, "");
  if (!text(file, "/openapi", document["openapi"]).startsWith("3.0"))
    throw new SpecStop(file, "/openapi", `unknown OpenAPI version ${JSON.stringify(document["openapi"])}`);
  assertServer(file, document["servers"]);
  const components = object(file, "/components", document["components"]);
  assertKeys(file, components, componentKeys, "/components");
  for (const [path, item] of Object.entries(object(file, "/paths", document["paths"]))) {
    const at = `/paths${pointerStep(path)}`;
    assertPath(file, at, path);
    const operations = object(file, at, item);
    assertKeys(file, operations, httpMethods, at);
    for (const [method, operation] of Object.entries(operations))
      assertOperation(file, `${at}/${method}`, object(file, `${at}/${method}`, operation));
  }
  for (const [name, schema] of Object.entries(object(file, "/components/schemas", orDefault(components["schemas"], {})))) {
    const at = `/components/schemas${pointerStep(name)}`;
    assertName(file, at, name);
    if (!/[A-Za-z0-9]/.test(name)) throw new SpecStop(file, at, `${JSON.stringify(name)} cannot become the name of a type`);
    assertSchema(file, at, schema);
  }
}

type Raw = Readonly<Record<string, unknown>>;

/** What may be absent; `null` is not absent. */
function orDefault(value: unknown, otherwise: unknown): unknown {
  return value === undefined ? otherwise : value;
}

function assertServer(file: string, servers: unknown): void {
  const [only, ...more] = list(file, "/servers", servers);
  if (more.length > 0 || object(file, "/servers/0", only)["url"] !== server) throw new SpecStop(file, "/servers", "another server");
}

function assertKeys(file: string, value: Raw, known: readonly string[], pointer: string): void {
  for (const key of Object.keys(value))
    if (!known.includes(key)) throw new SpecStop(file, pointer + pointerStep(key), `unknown keyword ${JSON.stringify(key)}`);
}

function assertOperation(file: string, pointer: string, operation: Raw): void {
  assertKeys(file, operation, operationKeys, pointer);
  assertPattern(file, `${pointer}/operationId`, operation["operationId"], "an operation id", operationIdPattern);
  if (operation["deprecated"] !== undefined) flag(file, `${pointer}/deprecated`, operation["deprecated"]);
  list(file, `${pointer}/parameters`, orDefault(operation["parameters"], [])).forEach((one, index) => {
    const at = `${pointer}/parameters/${index}`;
    assertParameter(file, at, object(file, at, one));
  });
  if (operation["requestBody"] !== undefined) {
    const at = `${pointer}/requestBody`;
    const body = object(file, at, operation["requestBody"]);
    assertKeys(file, body, bodyKeys, at);
    if (body["required"] !== undefined) flag(file, `${at}/required`, body["required"]);
    assertContent(file, `${at}/content`, body["content"]);
  }
  for (const [status, one] of Object.entries(object(file, `${pointer}/responses`, operation["responses"]))) {
    const at = `${pointer}/responses${pointerStep(status)}`;
    if (!/^([1-5]\d\d|default)$/.test(status)) throw new SpecStop(file, at, `${JSON.stringify(status)} is not a status`);
    const response = object(file, at, one);
    assertKeys(file, response, responseKeys, at);
    assertContent(file, `${at}/content`, orDefault(response["content"], {}));
  }
  assertSecurity(file, `${pointer}/security`, orDefault(operation["security"], []));
}

function assertParameter(file: string, pointer: string, parameter: Raw): void {
  assertKeys(file, parameter, parameterKeys, pointer);
  const { name, in: place, required, explode, style } = parameter;
  if (typeof place !== "string" || !locations.includes(place))
    throw new SpecStop(file, `${pointer}/in`, `unknown parameter place ${JSON.stringify(place)}`);
  assertPattern(file, `${pointer}/name`, name, "a parameter's name", parameterPattern);
  assertName(file, `${pointer}/name`, name as string);
  if (place === "header" && !headerNames.includes((name as string).toLowerCase())) {
    throw new SpecStop(file, pointer, `unknown header parameter ${JSON.stringify(name)}`);
  }
  if (required !== undefined) flag(file, `${pointer}/required`, required);
  if (explode !== undefined) flag(file, `${pointer}/explode`, explode);
  if (style !== undefined) assertPattern(file, `${pointer}/style`, style, "a style", /^[A-Za-z]+$/);
  if (parameter["schema"] === undefined) throw new SpecStop(file, pointer, "parameter without a schema");
  assertSchema(file, `${pointer}/schema`, parameter["schema"]);
  for (const keyword of ["anyOf", "oneOf"]) {
    if (parameter[keyword] === undefined) continue;
    const alternatives = list(file, `${pointer}/${keyword}`, parameter[keyword]);
    alternatives.forEach((one, index) => assertSchema(file, `${pointer}/${keyword}/${index}`, one));
  }
}

function assertContent(file: string, pointer: string, content: unknown): void {
  for (const [type, one] of Object.entries(object(file, pointer, content))) {
    const at = pointer + pointerStep(type);
    if (!mediaTypes.includes(type)) throw new SpecStop(file, at, `unknown media type ${JSON.stringify(type)}`);
    const media = object(file, at, one);
    assertKeys(file, media, mediaKeys, at);
    if (media["schema"] !== undefined) assertSchema(file, `${at}/schema`, media["schema"]);
  }
}

function assertSecurity(file: string, pointer: string, security: unknown): void {
  list(file, pointer, security).forEach((alternative, index) => {
    for (const [scheme, scopes] of Object.entries(object(file, `${pointer}/${index}`, alternative))) {
      const at = `${pointer}/${index}${pointerStep(scheme)}`;
      list(file, at, scopes).forEach((scope, place) => assertPattern(file, `${at}/${place}`, scope, "a scope", scopePattern));
    }
  });
}
