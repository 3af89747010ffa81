import { unprocessable } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { matchesText } from "../../resources/list-parameters.ts";
import { findByKey } from "../../resources/resource-parents.ts";
import { findRecord, recordsOf, unknownRecord } from "../../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { param, type Call } from "../../call/call.ts";
import type { Handler } from "../../call/handler.ts";

export const objects = "/objects";
export const objectRecords = "/objects/{}/records";

interface Filter {
  readonly group?: "AND" | "OR";
  readonly filters?: readonly Filter[];
  readonly field?: string;
  readonly operator?: string;
  readonly value?: unknown;
}

/** Searches the records of an object: words, filters and groups of them, sorting, and a cursor or a page. */
export const searchRecords: Handler = (call) => {
  const object = objectOf(call);
  const {
    query,
    filters = [],
    sort = [],
    page = 1,
    pageLimit,
    searchAfter,
  } = call.body as {
    readonly query?: string;
    readonly filters?: readonly Filter[];
    readonly sort?: readonly { readonly field: string; readonly direction: "asc" | "desc" }[];
    readonly page?: number;
    readonly pageLimit: number;
    readonly searchAfter?: readonly (number | string)[];
  };
  const words = (query ?? "").toLowerCase().replace(/^\w+:/, "");
  const found = recordsOf(call, objectRecords, [object.recordId])
    .filter(({ fields }) => words === "" || matchesText(fields["properties"], words))
    .filter((record) => filters.every((filter) => matches(record, filter, call)))
    .toSorted((a, b) => sort.reduce((order, by) => order || bySort(a, b, by), 0));
  const last = searchAfter?.at(-1);
  const after = found.findIndex(({ recordId }) => recordId === last);
  const start = last === undefined ? (Math.max(1, page) - 1) * pageLimit : after < 0 ? found.length : after + 1;
  const { key } = object.fields;
  const records = found.slice(start, start + pageLimit).map((record) => searchView(record, String(key), object.recordId));
  return answerWith(call, { records, total: found.length });
};

/** The object that the path names, by id or key. */
function objectOf(call: Call): ResourceRecord {
  const name = param(call, "schemaKey");
  const object = findRecord(call.world.state, objects, name) ?? findByKey(objects, name, [], call, { resource: objects, keys: ["key"] });
  if (object === undefined || object.locationId !== call.locationId) throw unknownRecord(objects, name);
  return object;
}

function searchView({ recordId, fields, locationId, createdAt, updatedAt }: ResourceRecord, objectKey: string, objectId: string): Fields {
  const searchAfter = [Date.parse(createdAt), recordId];
  return { id: recordId, ...fields, locationId, objectId, objectKey, createdAt, updatedAt, searchAfter };
}

function matches(record: ResourceRecord, { group, filters = [], field = "", operator = "", value }: Filter, call: Call): boolean {
  if (group === "AND") return filters.every((filter) => matches(record, filter, call));
  if (group === "OR") return filters.some((filter) => matches(record, filter, call));
  if (operator === "nested") return isRelated(record, (value ?? []) as readonly Filter[], call);
  const properties = record.fields["properties"] as Fields;
  return compares(properties[field.split(".").at(-1) ?? ""], operator, value);
}

/** Values are compared as they are written: case counts. */
function compares(own: unknown, operator: string, value: unknown): boolean {
  const wanted = (Array.isArray(value) ? value : [value]).map(String);
  const values = (Array.isArray(own) ? own : own === undefined ? [] : [own]).map(String);
  switch (operator) {
    case "eq":
      return values.some((one) => wanted.includes(one));
    case "not_eq":
      return !values.some((one) => wanted.includes(one));
    case "contains":
      return values.some((one) => wanted.some((part) => one.includes(part)));
    case "not_contains":
      return !values.some((one) => wanted.some((part) => one.includes(part)));
    case "exists":
      return values.length > 0;
    case "not_exists":
      return values.length === 0;
    case "range":
      return values.some((one) => isWithin(one, value as Fields));
    default:
      throw unprocessable(["Invalid Operator"]);
  }
}

function isWithin(own: string, { gt, gte, lt, lte }: Fields): boolean {
  const number = (value: unknown): number => (Number.isFinite(Number(value)) ? Number(value) : Date.parse(String(value)));
  const at = number(own);
  return (
    !(gt !== undefined && !(at > number(gt))) &&
    !(gte !== undefined && !(at >= number(gte))) &&
    !(lt !== undefined && !(at < number(lt))) &&
    !(lte !== undefined && !(at <= number(lte)))
  );
}

/** `relations`: related to one of the records that are named. */
function isRelated({ recordId }: ResourceRecord, filters: readonly Filter[], call: Call): boolean {
  const wanted = filters.flatMap(({ value }) => (Array.isArray(value) ? value : [value])).map(String);
  return recordsOf(call, "/associations/relations").some(({ fields: { firstRecordId, secondRecordId } }) => {
    const other = firstRecordId === recordId ? secondRecordId : secondRecordId === recordId ? firstRecordId : undefined;
    return other !== undefined && wanted.includes(String(other));
  });
}

function bySort(
  a: ResourceRecord,
  b: ResourceRecord,
  { field, direction }: { readonly field: string; readonly direction: string },
): number {
  const key = field.split(".").at(-1) ?? "";
  const valueOf = (record: ResourceRecord): string => String((record.fields["properties"] as Fields)[key] ?? "");
  const [left, right] = [valueOf(a), valueOf(b)];
  return (left < right ? -1 : left > right ? 1 : 0) * (direction === "desc" ? -1 : 1);
}
