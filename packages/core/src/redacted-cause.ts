import { excerpt, isSecretName, redact } from "./redact.ts";

/** Clean causes stand for themselves: a job that is aborted has ten thousand errors with one cause. */
const known = new WeakMap<object, unknown>();

const brand: symbol = Symbol.for("ghlkit.error");

/** What is deeper, or more than so many values, is left out of a copy. */
const deepest = 5;
const mostValues = 200;
/** Characters of a text that are kept: a fetch can fail with a whole page. */
const longestText = 10_000;

/**
 * The cause of an error, as printing or serialising it may show: the cause itself where it holds no secret, else a copy without. An error of
 * a fetch can carry the request with its headers.
 */
export function redactedCause(cause: unknown): unknown {
  if (typeof cause === "string") return excerpt(cause, longestText);
  if (typeof cause !== "object" || cause === null) return typeof cause === "function" ? "[function]" : cause;
  if (known.has(cause)) return known.get(cause);
  const shown = shownOf(cause);
  known.set(cause, shown);
  return shown;
}

function shownOf(cause: object): unknown {
  try {
    if (brand in cause || isClean(cause, { left: mostValues }, 0)) return cause;
    return redactedCopy(cause, 0);
  } catch {
    // A proxy or a getter that throws: nothing can be said of it, and nothing may be shown.
    return new Error("The cause of this error cannot be read.");
  }
}

function isClean(value: unknown, budget: { left: number }, depth: number): boolean {
  budget.left -= 1;
  if (typeof value === "string") return value.length <= longestText && redact(value) === value;
  if (typeof value === "function") return false;
  if (typeof value === "symbol") return true;
  if (typeof value !== "object" || value === null) return true;
  if (depth > deepest || budget.left < 0) return false;
  if (brand in value) return true;
  if (!(value instanceof Error) && !isPlain(value)) return false;
  if (Array.isArray(value) && hidesPairs(value)) return false;
  return entriesOf(value).every(
    ([name, inner]) => !hides(value, name, inner) && isClean(name, budget, depth) && isClean(inner, budget, depth + 1),
  );
}

function redactedCopy(value: unknown, depth: number): unknown {
  if (typeof value === "string") return excerpt(value, longestText);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "[function]" : value;
  if (brand in value) return value;
  if (depth > deepest || !(value instanceof Error || isPlain(value))) return `[${value.constructor?.name ?? "object"}]`;
  if (Array.isArray(value) && hidesPairs(value)) return "[redacted]";
  const shown = entriesOf(value).filter(([name]) => typeof name === "string");
  const entries = shown.slice(0, mostValues).map(([name, inner]) => {
    const copied = hides(value, name, inner) ? "[redacted]" : redactedCopy(inner, depth + 1);
    return [excerpt(String(name), 100), copied] as const;
  });
  if (Array.isArray(value)) return entries.map(([, inner]) => inner);
  if (!(value instanceof Error)) return Object.fromEntries(entries);
  const copy = new Error(excerpt(value.message, longestText));
  for (const [name, inner] of entries)
    Object.defineProperty(copy, name, { value: inner, enumerable: false, configurable: true, writable: true });
  return copy;
}

/** Whether a property holds a secret: by its own name, or as the value beside one, as in `{ name: "authorization", value }`. */
function hides(owner: object, name: string | symbol, inner: unknown): boolean {
  if (inner === undefined || inner === null) return false;
  if (typeof name === "symbol") return typeof inner === "function";
  if (isSecretName(name)) return typeof inner !== "number" && typeof inner !== "boolean";
  const { name: named } = owner as { readonly name?: unknown };
  return name === "value" && typeof named === "string" && isSecretName(named);
}

/** Headers as a list: names and values in turn, or pairs of them. */
function hidesPairs(list: readonly unknown[]): boolean {
  return list.some((one, at) => typeof one === "string" && isSecretName(one) && at + 1 < list.length);
}

/** What printing shows: own properties, and of an error its name, message, stack and cause as well. */
function entriesOf(value: object): readonly (readonly [string | symbol, unknown])[] {
  const own = Reflect.ownKeys(value)
    .filter((name) => Object.prototype.propertyIsEnumerable.call(value, name))
    .map((name) => [name, (value as Readonly<Record<string | symbol, unknown>>)[name]] as const);
  if (!(value instanceof Error)) return own;
  const { name, message, stack, cause, errors } = value as Error & { readonly errors?: unknown };
  return [...own, ...Object.entries({ name, message, stack, cause, errors }).filter(([, inner]) => inner !== undefined)];
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || prototype === Object.prototype;
}
