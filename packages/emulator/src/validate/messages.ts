import type { ErrorObject } from "./validator.ts";

/**
 * Findings in the words of class-validator, which the platform uses: `email must be a string`,
 * `dndSettings.sms.property foo should not exist`.
 */
export function describeErrors(errors: readonly ErrorObject[]): readonly string[] {
  return [...new Set(withoutBranches(errors).flatMap((error) => describe(error) ?? []))];
}

/**
 * A value that fits no alternative is reported once per alternative. Keeps the findings of the one that came closest:
 * the value is of its type, and it has the fewest.
 */
function withoutBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let kept = errors.filter((error) => error.keyword !== "anyOf" && error.keyword !== "if");
  for (const { schemaPath, instancePath } of errors.filter((error) => error.keyword === "anyOf")) {
    const branchOf = (error: ErrorObject): string | undefined =>
      error.schemaPath.startsWith(`${schemaPath}/`) && error.instancePath.startsWith(instancePath)
        ? error.schemaPath.slice(schemaPath.length + 1).split("/")[0]
        : undefined;
    const branches = Map.groupBy(kept, branchOf);
    const outside = branches.get(undefined) ?? [];
    branches.delete(undefined);
    const farness = (branch: readonly ErrorObject[]): number =>
      branch.length + (branch.some((error) => error.keyword === "type" && error.instancePath === instancePath) ? 1000 : 0);
    const [closest = []] = [...branches.values()].toSorted((a, b) => farness(a) - farness(b));
    kept = [...outside, ...closest];
  }
  return kept;
}

function describe(error: ErrorObject): string | undefined {
  const path = error.instancePath.split("/").slice(1).map(unescape);
  const { params } = error;
  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties":
      return prefixed(path, `property ${String(params["additionalProperty"] ?? params["unevaluatedProperty"])} should not exist`);
    case "required":
      return prefixed(path, `${String(params["missingProperty"])} ${missingText(error)}`);
    case "enum":
      return about(path, `must be one of the following values: ${allowed(params)}`);
    case "const":
      return about(path, `must be one of the following values: ${String(params["allowedValue"])}`);
    case "type":
      return about(path, typeText(params["type"] as string | string[]));
    case "maximum":
      return about(path, `must not be greater than ${String(params["limit"])}`);
    case "minimum":
      return about(path, `must not be less than ${String(params["limit"])}`);
    case "maxLength":
      return about(path, `must be shorter than or equal to ${String(params["limit"])} characters`);
    case "minLength":
      return about(path, `must be longer than or equal to ${String(params["limit"])} characters`);
    case "minItems":
      return about(path, `must contain at least ${String(params["limit"])} elements`);
    case "maxItems":
      return about(path, `must contain no more than ${String(params["limit"])} elements`);
    case "pattern":
      return about(path, `must match ${String(params["pattern"])} regular expression`);
    case "format":
      return about(path, formatText(String(params["format"])));
    default:
      return about(path, "is not valid");
  }
}

/** A missing day is refused in the words of a wrong one, as an integrator saw. */
function missingText({ params, parentSchema }: ErrorObject): string {
  const { properties } = (parentSchema ?? {}) as { readonly properties?: Readonly<Record<string, { readonly format?: string }>> };
  return properties?.[String(params["missingProperty"])]?.format === "date" ? formatText("date") : "should not be empty";
}

function allowed(params: Record<string, unknown>): string {
  return ((params["allowedValues"] ?? []) as unknown[]).filter((value) => value !== null).join(", ");
}

function typeText(type: string | string[]): string {
  const name = (Array.isArray(type) ? type : [type]).find((candidate) => candidate !== "null");
  const texts: Record<string, string> = {
    string: "must be a string",
    number: "must be a number conforming to the specified constraints",
    integer: "must be an integer number",
    boolean: "must be a boolean value",
    array: "must be an array",
    object: "must be an object",
  };
  return texts[name ?? ""] ?? "is not valid";
}

function formatText(format: string): string {
  const texts: Record<string, string> = {
    email: "must be an email",
    "date-time": "must be a valid ISO 8601 date string",
    date: "must be in YYYY-MM-DD format",
    uuid: "must be a UUID",
    uri: "must be a URL address",
    url: "must be a URL address",
  };
  return texts[format] ?? "is not valid";
}

/** A finding about the value at `path`; elements of plain lists are named after the list. */
function about(path: readonly string[], text: string): string {
  const last = path.at(-1);
  if (last === undefined) return `body ${text}`;
  const isElement = /^\d+$/.test(last) && path.length > 1;
  if (isElement) return prefixed(path.slice(0, -2), `each value in ${path.at(-2) as string} ${text}`);
  return prefixed(path.slice(0, -1), `${last} ${text}`);
}

function prefixed(path: readonly string[], text: string): string {
  return [...path, text].join(".");
}

function unescape(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
