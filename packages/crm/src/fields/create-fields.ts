import type { LocationClient } from "@ghlkit/client";
import { ghlError, systemClock, type Clock } from "@ghlkit/core";
import { cached, type Cached } from "../location/cached.ts";
import { checkFieldValue, type InvalidFieldReason } from "./check-field-value.ts";
import type { FieldDefinition, FieldModel } from "./field-definition.ts";
import type { FieldInputs } from "./field-value.ts";
import { parseFieldDefinition, type WireFieldDefinition } from "./parse-field-definition.ts";
import { readFieldValue } from "./read-field-value.ts";
import { wireFieldValues } from "./wire-field-values.ts";

/** A client bound to one location. `customFields` is needed for the fields of custom objects and businesses alone. */
export type FieldsClient = Pick<LocationClient, "locations"> & Partial<Pick<LocationClient, "customFields">>;

/** Options of {@link createFields}. */
export interface FieldsOptions {
  /** @default the machine's clock */
  readonly clock?: Clock;
  /**
   * How long definitions are kept, in ms.
   * @default 600_000
   */
  readonly ttlMs?: number;
  /**
   * A key that is not there makes them be read again, since the field may be new; but at most once in so many ms.
   * @default 30_000
   */
  readonly missMs?: number;
}

/** A value that was not sent, by the key that was given. */
export interface InvalidFieldValue {
  readonly field: string;
  readonly why: InvalidFieldReason;
}

/** A value with its field, ready to be sent. */
export interface FieldWrite {
  readonly field: FieldDefinition;
  /** As it is sent; `""` clears it. */
  readonly value: unknown;
}

/** Values in the shapes that requests take, or what is wrong with them. */
export type FieldWrites =
  | {
      readonly outcome: "valid";
      readonly writes: readonly FieldWrite[];
      /** `customFields` of a contact or an opportunity. */
      readonly customFields: { readonly id: string; readonly fieldValue: never }[];
      /** `properties` of a record of a custom object. */
      readonly properties: Record<string, unknown>;
    }
  | { readonly outcome: "rejected"; readonly fields: readonly InvalidFieldValue[] };

/** A value of a record, with its field. */
export interface FieldReading {
  readonly field: FieldDefinition;
  /** As the platform wrote it: {@link readFieldValue} narrows it. */
  readonly value: unknown;
}

/** The custom fields of one location. */
export interface Fields {
  /** All definitions of a model. */
  readonly list: (model: FieldModel) => Promise<readonly FieldDefinition[]>;
  /** A definition by `plan`, `contact.plan` or its id. Definitions are read again when it is not there. */
  readonly get: (model: FieldModel, key: string) => Promise<FieldDefinition | undefined>;
  /** Checks values and brings them into the shapes that requests take. Sends nothing. */
  readonly write: (model: FieldModel, values: FieldInputs) => Promise<FieldWrites>;
  /** Values of a record by field key, from any of the platform's spellings: its `customFields`, or `properties`. */
  readonly read: (model: FieldModel, wire: unknown) => Promise<Readonly<Record<string, unknown>>>;
  /** The same with their definitions. */
  readonly readings: (model: FieldModel, wire: unknown) => Promise<readonly FieldReading[]>;
  /** Definitions are read again by the next call. */
  readonly refresh: () => void;
}

/**
 * The custom fields of a location by key: ids differ from location to location, keys do not. Definitions are read once and shared; keep
 * one of these per location.
 */
export function createFields(location: FieldsClient, options: FieldsOptions = {}): Fields {
  const definitions = definitionCache(location, options);
  const find = async (model: FieldModel, keys: readonly string[]): Promise<ReadonlyMap<string, FieldDefinition>> => {
    const known = await definitions.index(model);
    if (keys.every((key) => known.has(key)) || !definitions.invalidate(model)) return known;
    return definitions.index(model);
  };
  const readings = async (model: FieldModel, wire: unknown): Promise<readonly FieldReading[]> => {
    const values = wireFieldValues(wire).map(({ id, key, value }) => ({ name: id ?? key ?? "", value }));
    const known = await find(
      model,
      values.map(({ name }) => name),
    );
    return values.flatMap(({ name, value }) => {
      const field = known.get(name);
      return field === undefined ? [] : [{ field, value }];
    });
  };
  return {
    list: async (model) => [...new Set((await definitions.index(model)).values())],
    get: async (model, key) => (await find(model, [key])).get(key),
    write: async (model, values) => {
      const given = Object.entries(values).filter(([, value]) => value !== undefined);
      if (given.length === 0) return { outcome: "valid", writes: [], customFields: [], properties: {} };
      const known = await find(
        model,
        given.map(([key]) => key),
      );
      return writesOf(given as readonly Given[], known);
    },
    read: async (model, wire) =>
      Object.fromEntries((await readings(model, wire)).map(({ field, value }) => [field.key, readFieldValue(field, value)])),
    readings,
    refresh: definitions.refresh,
  };
}

type Given = readonly [key: string, value: NonNullable<FieldInputs[string]> | null];

function writesOf(given: readonly Given[], known: ReadonlyMap<string, FieldDefinition>): FieldWrites {
  const invalid: InvalidFieldValue[] = [];
  const writes: FieldWrite[] = [];
  for (const [key, input] of given) {
    const field = known.get(key);
    const checked =
      field === undefined ? { why: "unknown_field" as const } : input === null ? { value: "" } : checkFieldValue(field, input);
    if ("why" in checked || field === undefined) invalid.push({ field: key, why: "why" in checked ? checked.why : "unknown_field" });
    else writes.push({ field, value: checked.value });
  }
  if (invalid.length > 0) return { outcome: "rejected", fields: invalid };
  return { outcome: "valid", writes, ...wireShapes(writes) };
}

/** The shapes in which requests take values. */
export function wireShapes(writes: readonly FieldWrite[]): Pick<FieldWrites & { outcome: "valid" }, "customFields" | "properties"> {
  return {
    // The contract types each value by its field, which is known at run time alone.
    customFields: writes.map(({ field, value }) => ({ id: field.id, fieldValue: value as never })),
    properties: Object.fromEntries(writes.map(({ field, value }) => [field.key, value])),
  };
}

type Index = ReadonlyMap<string, FieldDefinition>;

interface DefinitionCache {
  /** By key, field key and id. */
  readonly index: (model: FieldModel) => Promise<Index>;
  readonly invalidate: (model: FieldModel) => boolean;
  readonly refresh: () => void;
}

function definitionCache(location: FieldsClient, options: FieldsOptions): DefinitionCache {
  const { clock = systemClock, ttlMs = 600_000, missMs = 30_000 } = options;
  const caches = new Map<FieldModel, Cached<Index>>();
  const cacheOf = (model: FieldModel): Cached<Index> => {
    let cache = caches.get(model);
    if (cache === undefined) {
      cache = cached(async () => indexOf(await loadDefinitions(location, model)), { clock, ttlMs });
      caches.set(model, cache);
    }
    return cache;
  };
  return {
    index: (model) => cacheOf(model).get(),
    invalidate: (model) => cacheOf(model).invalidate(missMs),
    refresh: () => caches.clear(),
  };
}

async function loadDefinitions(location: FieldsClient, model: FieldModel): Promise<readonly FieldDefinition[]> {
  const wire: readonly WireFieldDefinition[] =
    model === "contact" || model === "opportunity"
      ? (await location.locations.listCustomFields({ model })).customFields
      : await objectFields(location, model);
  return wire.flatMap((definition) => parseFieldDefinition(definition, model) ?? []);
}

async function objectFields({ customFields }: FieldsClient, objectKey: FieldModel): Promise<readonly WireFieldDefinition[]> {
  if (customFields === undefined) {
    throw ghlError("invalid_request", `Fields of ${objectKey} need a client that has customFields.`, {});
  }
  return (await customFields.listByObjectKey({ objectKey })).fields ?? [];
}

function indexOf(definitions: readonly FieldDefinition[]): Index {
  // A key wins over an id that happens to be spelt the same.
  return new Map([
    ...definitions.map((field) => [field.id, field] as const),
    ...definitions.map((field) => [field.fieldKey, field] as const),
    ...definitions.map((field) => [field.key, field] as const),
  ]);
}
