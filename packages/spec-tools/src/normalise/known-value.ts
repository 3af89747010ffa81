import { SpecStop } from "./spec-stop.ts";

/** The value as an object. @throws SpecStop when it is none. */
export function object(file: string, pointer: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new SpecStop(file, pointer, `is not an object but ${described(value)}`);
}

/** The value as a list. @throws SpecStop when it is none. */
export function list(file: string, pointer: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new SpecStop(file, pointer, `is not a list but ${described(value)}`);
}

/** The value as text. @throws SpecStop when it is none. */
export function text(file: string, pointer: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new SpecStop(file, pointer, `is not text but ${described(value)}`);
}

/** The value as a boolean. @throws SpecStop when it is none. */
export function flag(file: string, pointer: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new SpecStop(file, pointer, `is neither true nor false but ${described(value)}`);
}

function described(value: unknown): string {
  if (value === undefined) return "absent";
  return value === null ? "null" : Array.isArray(value) ? "a list" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}

// Names become keys of objects: what every object inherits would be found where nothing was put.
const reserved = new Set(["prototype", ...Object.getOwnPropertyNames(Object.prototype)]);
// Everything that ends a line or that editors do not show, such as a byte order mark or a change of direction.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A name of a field or schema: any visible text. @throws SpecStop */
export function assertName(file: string, pointer: string, name: string): void {
  if (name === "" || name.length > 200) throw new SpecStop(file, pointer, "a name has 1 to 200 characters");
  if (invisible.test(name)) throw new SpecStop(file, pointer, `${JSON.stringify(name)} has characters that cannot be seen`);
  if (reserved.has(name)) throw new SpecStop(file, pointer, `${JSON.stringify(name)} cannot be a name`);
}

/** A text that follows a pattern, such as a path or a scope. @throws SpecStop */
export function assertPattern(file: string, pointer: string, value: unknown, what: string, pattern: RegExp): string {
  const given = text(file, pointer, value);
  if (!pattern.test(given)) throw new SpecStop(file, pointer, `${JSON.stringify(given)} is not ${what}`);
  return given;
}
