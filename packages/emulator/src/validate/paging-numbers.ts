import type { Operation } from "../contract/contract-source.ts";
import type { Schema } from "../contract/open-api.ts";

type Values = Readonly<Record<string, unknown>>;

/** Reads the paging parameters of an operation out of its query or body. */
export type PagingRule = (values: Values) => { readonly values: Values; readonly messages: readonly string[] };

/**
 * A page holds one record or more, and offsets and pages are counted from 0, in whole numbers. What is not so is refused in the words of
 * class-validator; where `refuses` is off it counts as absent, so that a list still ends.
 *
 * @param properties Schemas of the parameters. A page size whose default is 0 may be 0: that is its word for the default.
 */
export function pagingRule(
  pagination: Operation["pagination"],
  properties: Readonly<Record<string, Schema>>,
  refuses: boolean,
): PagingRule {
  const counted = countedNames(pagination).filter((name) => name in properties);
  const leastOf = (name: string): number => (name === pagination?.size && properties[name]?.["default"] !== 0 ? 1 : 0);
  return (values) => {
    const findings = counted.flatMap((name) => {
      const value = values[name];
      // Of a type that the schema refuses.
      if (typeof value === "string" && !isText(properties[name])) return [];
      const text = problemOf(value, leastOf(name));
      return text === undefined ? [] : [{ name, text }];
    });
    if (findings.length === 0) return { values, messages: [] };
    if (refuses) return { values, messages: findings.map(({ name, text }) => `${name} ${text}`) };
    const wrong = new Set(findings.map(({ name }) => name));
    return { values: Object.fromEntries(Object.entries(values).filter(([name]) => !wrong.has(name))), messages: [] };
  };
}

/** The size, and what moves from page to page; a cursor is a text of the platform's own. */
function countedNames(pagination: Operation["pagination"]): readonly string[] {
  if (pagination === null) return [];
  const { size, style, cursor } = pagination;
  return [...(size === undefined ? [] : [size]), ...(style === "cursor" ? [] : cursor)];
}

function isText({ type }: Schema = {}): boolean {
  return type === undefined || type === "string" || (Array.isArray(type) && type.includes("string"));
}

/** What is wrong with a value; types that are wrong altogether are for the schema to refuse. */
function problemOf(value: unknown, least: number): string | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  const number = Number(value);
  if (value === "" || Number.isNaN(number)) return "must be a number string";
  if (!Number.isInteger(number)) return "must be an integer number";
  return number < least ? `must not be less than ${least}` : undefined;
}
