import { unprocessable } from "../../http/refusal.ts";

/** The operators of the filter grammar. */
export type FilterOperator = "eq" | "not_eq" | "contains" | "not_contains" | "exists" | "not_exists" | "range";

/** A field that filters can name: which operators it takes, and its value on a record. */
export interface FilterField<Item> {
  readonly operators: readonly FilterOperator[];
  readonly read: (item: Item) => unknown;
}

/** One condition, or a group of them. */
export type SearchFilter =
  | { readonly field: string; readonly operator: string; readonly value?: unknown }
  | { readonly group: "AND" | "OR"; readonly filters: readonly SearchFilter[] };

const maximumValueLength = 75;

/**
 * Turns filters into one predicate; the top level is an AND.
 * @throws Refusal 422 that names unknown fields, operators that a field does not take, and values of the wrong form.
 */
export function compileFilters<Item>(
  filters: readonly SearchFilter[],
  fieldOf: (name: string) => FilterField<Item> | undefined,
): (item: Item) => boolean {
  type Predicate = (item: Item) => boolean;
  const messages: string[] = [];
  const compile = (filter: SearchFilter, at: string): Predicate => {
    if (typeof filter !== "object" || filter === null) {
      messages.push(`${at} must be an object`);
      return () => false;
    }
    if ("group" in filter) return compileGroup(filter, at);
    const field = fieldOf(String(filter.field));
    const problem = findProblem(filter, field, at);
    if (problem !== undefined || field === undefined) {
      messages.push(problem ?? `${at} is not valid`);
      return () => false;
    }
    const test = tests[filter.operator as FilterOperator];
    const wanted = lowered(filter.value);
    return (item) => test(field.read(item), wanted);
  };
  const compileGroup = (group: Extract<SearchFilter, { group: unknown }>, at: string): Predicate => {
    if (group.group !== "AND" && group.group !== "OR") messages.push(`${at}.group must be one of the following values: AND, OR`);
    if (!Array.isArray(group.filters)) {
      messages.push(`${at}.filters must be an array`);
      return () => false;
    }
    const members = group.filters.map((member, index) => compile(member, `${at}.filters.${index}`));
    return group.group === "OR" ? (item) => members.some((member) => member(item)) : (item) => members.every((member) => member(item));
  };
  const predicates = filters.map((filter, index) => compile(filter, `filters.${index}`));
  if (messages.length > 0) throw unprocessable(messages, "inferred");
  return (item) => predicates.every((predicate) => predicate(item));
}

function findProblem(
  filter: Extract<SearchFilter, { field: string }>,
  field: FilterField<never> | undefined,
  at: string,
): string | undefined {
  if (field === undefined) return `${at}.field ${filter.field} cannot be filtered by`;
  if (bounds.some((bound) => bound === filter.operator)) return "Invalid Operator";
  if (!field.operators.includes(filter.operator as FilterOperator)) {
    return `${at}.operator must be one of the following values: ${field.operators.join(", ")}`;
  }
  const { operator, value } = filter;
  if (operator === "range") return isRange(value) ? undefined : `${at}.value must have gt, gte, lt or lte`;
  if (operator === "exists" || operator === "not_exists") return undefined;
  if (value === undefined || value === null) return `${at}.value should not be empty`;
  if (typeof value === "string" && value.length > maximumValueLength) {
    return `${at}.value must be shorter than or equal to ${maximumValueLength} characters`;
  }
  return undefined;
}

/** Texts in lower case: they are compared with every contact. */
function lowered(wanted: unknown): unknown {
  if (Array.isArray(wanted)) return wanted.map(lowered);
  return typeof wanted === "string" ? wanted.toLowerCase() : wanted;
}

/** @param wanted In lower case. */
type Test = (actual: unknown, wanted: unknown) => boolean;

const equals: Test = (actual, wanted) => {
  if (Array.isArray(wanted)) return wanted.some((item) => equals(actual, item));
  return Array.isArray(actual) ? actual.some((item) => same(item, wanted)) : same(actual, wanted);
};
const contains: Test = (actual, wanted) => {
  const part = String(wanted);
  return (Array.isArray(actual) ? actual : [actual]).some((item) => item !== undefined && String(item).toLowerCase().includes(part));
};
const exists = (actual: unknown): boolean =>
  actual !== undefined && actual !== null && actual !== "" && !(Array.isArray(actual) && actual.length === 0);

const tests: Readonly<Record<FilterOperator, Test>> = {
  eq: equals,
  not_eq: (actual, wanted) => !equals(actual, wanted),
  contains,
  not_contains: (actual, wanted) => !contains(actual, wanted),
  exists,
  not_exists: (actual) => !exists(actual),
  range: inRange,
};

function same(actual: unknown, wanted: unknown): boolean {
  return actual !== undefined && String(actual).toLowerCase() === String(wanted);
}

const bounds = ["gt", "gte", "lt", "lte"] as const;

function isRange(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && bounds.some((bound) => bound in value);
}

function inRange(actual: unknown, wanted: unknown): boolean {
  const value = magnitude(actual);
  if (value === undefined || !isRange(wanted)) return false;
  const { gt, gte, lt, lte } = wanted;
  const holds = (bound: unknown, test: (limit: number) => boolean): boolean => bound === undefined || test(magnitude(bound) ?? Number.NaN);
  return (
    holds(gt, (limit) => value > limit) &&
    holds(gte, (limit) => value >= limit) &&
    holds(lt, (limit) => value < limit) &&
    holds(lte, (limit) => value <= limit)
  );
}

/** Numbers as they are, times in milliseconds. */
function magnitude(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value === "") return undefined;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  const time = Date.parse(value);
  return Number.isFinite(time) ? time : undefined;
}
