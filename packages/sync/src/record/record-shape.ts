import { sha256 } from "@ghlkit/core";
import type { KindDefinition, Wire } from "../kinds/kind.ts";

/** A record in the one shape in which it is kept, whatever answer it came with. */
export interface ShapedRecord {
  readonly id: string;
  readonly body: Wire;
  /** Of the fields that every answer has. */
  readonly hash: string;
  /** When the platform changed it last, ms since epoch. */
  readonly version: number | undefined;
  readonly contactId: string | undefined;
}

/**
 * Brings a record into the shape in which it is kept. Fields that are not known are kept as they are; `null` is as good as absent.
 * @returns `undefined` for one without an id.
 */
export function shapeRecord(definition: KindDefinition, wire: Wire): ShapedRecord | undefined {
  const id = wire[definition.id];
  if (typeof id !== "string" || id === "") return undefined;
  const { renamed = {}, ignored } = definition;
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wire))
    if (value !== null && value !== undefined && !ignored.includes(name)) body[renamed[name] ?? name] = value;
  const shaped = storable(definition.respelt?.(body) ?? body);
  return {
    id,
    body: shaped,
    hash: sha256(comparedText(definition, shaped)),
    version: definition.version(shaped),
    contactId: definition.contactOf(shaped),
  };
}

/** The compared fields as a text: the same for the same values, in whatever order and spelling of emptiness. */
export function comparedText({ compared }: KindDefinition, body: Wire): string {
  return compared.map((name) => canonicalText(body[name])).join("\n");
}

/** Fields that differ between two records of a kind. */
export function differingFields({ compared }: KindDefinition, first: Wire, second: Wire): readonly string[] {
  return compared.filter((name) => canonicalText(first[name]) !== canonicalText(second[name]));
}

/** JSON with sorted keys; lists of records by their id, lists of texts by text. Nothing, an empty text and an empty list are one. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(canonical(value)) ?? "";
}

function canonical(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => canonicalText(item)).toSorted();
    return items.length === 0 ? undefined : items;
  }
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, canonical(member)]));
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair in JSON. */
function storable(body: Wire): Wire {
  const text = JSON.stringify(body);
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return body;
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === "string" ? value.toWellFormed().replaceAll("\u0000", "\ufffd") : value,
  ) as Wire;
}
