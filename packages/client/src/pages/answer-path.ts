import type { Operation } from "@ghlkit/contract";
import { ghlError } from "@ghlkit/core";

/** Value at a dotted path of an answer; `-1` is the last element of a list, an empty path the answer itself. */
export function at(data: unknown, path: string): unknown {
  if (path === "") return data;
  let value: unknown = data;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = name === "-1" && Array.isArray(value) ? value.at(-1) : (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/**
 * Items of a page.
 * @throws GhlError `invalid_response` when the answer holds no list there: ending quietly would lose the rest.
 */
export function itemsAt(operation: Operation, data: unknown, path: string): readonly unknown[] {
  const items = at(data, path);
  if (Array.isArray(items)) return items;
  const message = `${operation.id}: the answer has no list at ${path === "" ? "its root" : path}.`;
  throw ghlError("invalid_response", message, { status: 200 }, { operation: operation.id });
}

/** Id of a record of a list, where it has one. */
export function idOf(item: unknown): unknown {
  const { id, _id } = (item ?? {}) as { readonly id?: unknown; readonly _id?: unknown };
  return id ?? _id;
}
