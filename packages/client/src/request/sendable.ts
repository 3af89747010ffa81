/** Whether a value is bytes: a file as `readFile` or `fetch` hands it over. */
export function isBinary(value: unknown): value is Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> {
  return value instanceof Blob || ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

/** Whether a value is read piece by piece: it could be sent once only, and not again after a refusal. */
function isStream(value: object): boolean {
  if (value instanceof ReadableStream) return true;
  return typeof (value as { readonly pipe?: unknown }).pipe === "function" || Symbol.asyncIterator in value;
}

/** How deep a body may be nested; what is deeper is most likely a circle. */
const deepest = 100;

/**
 * Why a value cannot be sent as JSON, with the place where; `undefined` for one that can. `JSON.stringify` would leave functions out, write
 * `null` for `NaN`, `{}` for a Map, a Promise or a stream, and bytes as a list of numbers, each without a word.
 */
export function problemOf(value: unknown, where: string, depth = 0): string | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : `${where} is ${value}, which JSON does not have`;
    case "object":
      return value === null ? undefined : problemOfObject(value, where, depth);
    default:
      return `${where} is a ${typeof value}`;
  }
}

function problemOfObject(value: object, where: string, depth: number): string | undefined {
  if (isBinary(value)) return `${where} holds bytes, and the operation takes JSON`;
  if (value instanceof Promise) return `${where} is a promise: await it first`;
  if (isStream(value)) return `${where} is a stream: read it first, e.g. new File([await readFile(path)], name)`;
  if (value instanceof Map || value instanceof Set) return `${where} is a ${value.constructor.name}: make an object or a list of it`;
  if (value instanceof FormData || value instanceof URLSearchParams) return `${where} is a form within a body`;
  if (value instanceof Date && Number.isNaN(value.getTime())) return `${where} is an invalid date`;
  const { toJSON } = value as { readonly toJSON?: unknown };
  if (depth < deepest && typeof toJSON === "function")
    return problemOf(toJSON.call(value, ""), `${where}, as its toJSON makes it,`, depth + 1);
  if (depth >= deepest) return `${where} is nested more than ${deepest} levels deep, or contains itself`;
  if (Array.isArray(value)) return problemOfList(value, where, depth);
  const tag = Object.prototype.toString.call(value);
  if (tag !== "[object Object]") return `${where} is ${tag.slice(1, -1)}, which JSON has no form for`;
  for (const name in value) {
    const problem = problemOf((value as Readonly<Record<string, unknown>>)[name], `${where}.${name}`, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A hole, or `undefined`, would become `null`. */
function problemOfList(list: readonly unknown[], where: string, depth: number): string | undefined {
  for (let at = 0; at < list.length; at += 1) {
    const problem = list[at] === undefined ? `${where}.${at} is undefined` : problemOf(list[at], `${where}.${at}`, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
