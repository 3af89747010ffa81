import type { Fields } from "../state/resource-record.ts";
import { isDay } from "../validate/is-day.ts";

/** What a parameter of a list is for. */
export type ParameterKind =
  | "tenant"
  | "page"
  | "search"
  | "sort"
  | "from"
  | "until"
  | "ids"
  | "field"
  | "declared"
  | "withoutEffect"
  | "unknown";

const tenants: ReadonlySet<string> = new Set(["locationId", "location_id", "companyId", "altId", "altType"]);
const sizes: readonly string[] = ["limit", "pageSize", "pageLimit", "pageLength"];
const starts: readonly string[] = ["skip", "offset", "page"];
const searches: ReadonlySet<string> = new Set(["query", "search", "searchText", "searchTerm", "q", "searchFilter"]);
const sorts: ReadonlySet<string> = new Set(["sortBy", "sortField", "sort", "sortOrder", "order", "sortByDate"]);
const froms: ReadonlySet<string> = new Set(["startAt", "startDate", "fromDate", "dateFrom", "from", "start", "startTime"]);
const untils: ReadonlySet<string> = new Set(["endAt", "endDate", "toDate", "dateTo", "to", "end", "endTime"]);

/** Fields of records, whether or not their answers show them. */
const usual: ReadonlySet<string> = new Set(["type", "status", "name", "deleted", "rating"]);

/** What else decides of a list's parameters. */
export interface ListFacts {
  /** Names of the cursor and the page size, as the operation table has them. */
  readonly paging: readonly string[];
  /** Names of the fields that its records are shown with. */
  readonly fields: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
  readonly withoutEffect: ReadonlySet<string>;
  /** Last part of the resource's path. */
  readonly noun: string;
}

/** What a parameter is for; `unknown` ones are a gap that every answer and the coverage page report. */
export function parameterKind(name: string, facts: ListFacts): ParameterKind {
  if (facts.declared.has(name)) return "declared";
  if (facts.withoutEffect.has(name)) return "withoutEffect";
  if (tenants.has(name)) return "tenant";
  if (facts.paging.includes(name) || sizes.includes(name) || starts.includes(name)) return "page";
  if (searches.has(name)) return "search";
  if (sorts.has(name)) return "sort";
  if (facts.fields.has(name)) return "field";
  if (froms.has(name)) return "from";
  if (untils.has(name)) return "until";
  if (name === "ids" || name === `${facts.noun.replace(/s$/, "")}Ids`) return "ids";
  if (name.endsWith("s") && facts.fields.has(name.slice(0, -1))) return "field";
  return name.endsWith("Id") || usual.has(name) ? "field" : "unknown";
}

/** Whether a record's field has the value that a parameter names; lists match when they share an element. */
export function matchesField(fields: Fields, name: string, wanted: unknown): boolean {
  const values = (Array.isArray(wanted) ? wanted : String(wanted).split(",")).map(String);
  if (values.length === 0 || (values.length === 1 && (values[0] === "all" || values[0] === ""))) return true;
  const own = fields[name] ?? fields[name.replace(/s$/, "")];
  if (own === undefined) return values.includes("false");
  return (Array.isArray(own) ? own : [own]).some((one) => values.includes(String(one)));
}

/** Whether any text of the record, or of the objects in it, has the words. */
export function matchesText(value: unknown, words: string, depth = 0): boolean {
  if (typeof value === "string" || typeof value === "number") return String(value).toLowerCase().includes(words);
  if (typeof value !== "object" || value === null || depth > 3) return false;
  return Object.values(value).some((one) => matchesText(one, words, depth + 1));
}

/**
 * Milliseconds of a moment in any of the forms that parameters take; a day alone ends with its last millisecond when it is the end.
 * @returns `NaN` for what is no moment, such as the 30th of February.
 */
export function momentOf(value: unknown, isEnd: boolean): number {
  const text = String(value);
  if (/^\d{11,}$/.test(text)) return Number(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !isDay(text.slice(0, 10))) return Number.NaN;
  const moment = Date.parse(text);
  return isEnd && /^\d{4}-\d\d-\d\d$/.test(text) ? moment + 86_399_999 : moment;
}

export function sizeName(names: Iterable<string>): string | undefined {
  return [...names].find((name) => sizes.includes(name));
}
