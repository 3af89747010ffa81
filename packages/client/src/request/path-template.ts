import { invalidRequest } from "./invalid-request.ts";

/** A path template taken apart once. */
export interface PathTemplate {
  readonly names: readonly string[];
  /** @throws GhlError `invalid_request` for a value that is missing, empty, `.` or `..`: it would name another route. */
  readonly fill: (operation: string, values: Readonly<Record<string, unknown>>) => string;
}

export function parsePathTemplate(path: string): PathTemplate {
  const [start = "", ...rest] = path.split("{");
  const parts = rest.map((part) => {
    const end = part.indexOf("}");
    return [part.slice(0, end), part.slice(end + 1)] as const;
  });
  return {
    names: parts.map(([name]) => name),
    fill: (operation, values) => {
      let filled = start;
      for (const [name, after] of parts) filled += pathValue(operation, name, values[name]) + after;
      return filled;
    },
  };
}

function pathValue(operation: string, name: string, value: unknown): string {
  if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value))) {
    const what = value === null || typeof value === "number" ? String(value) : typeof value;
    throw invalidRequest(operation, `path parameter ${name} must be a string, it is ${what}.`);
  }
  const text = String(value);
  if (text === "" || text === "." || text === "..")
    throw invalidRequest(operation, `path parameter ${name} must not be ${JSON.stringify(text)}.`);
  return encodeURIComponent(text);
}
