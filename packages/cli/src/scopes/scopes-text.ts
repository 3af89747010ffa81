import { printable } from "../printable.ts";
import type { Need } from "./code-needs.ts";
import type { Comparison } from "./compare-grant.ts";

const mostNamed = 5;

/** For people: what is needed by scope, then each grant. */
export function scopesText(needs: readonly Need[], comparisons: readonly Comparison[]): string {
  const certain = needs.filter(({ by }) => by !== "helper");
  const unknown = certain.filter(({ scopes }) => scopes === null);
  return [
    `NEEDED by ${certain.length} operations and events\n${byScope(certain)}`,
    ...(needs.length > certain.length
      ? [`NEEDED BY HELPERS, where the functions that call them are used\n${byScope(needs.filter(({ by }) => by === "helper"))}`]
      : []),
    ...(unknown.length > 0
      ? [`NOT STATED by the documents; they may need one all the same\n${lines(unknown.map(({ name, at }) => `${name} (${at})`))}`]
      : []),
    ...comparisons.map(comparisonText),
  ].join("\n\n");
}

function byScope(needs: readonly Need[]): string {
  const names = new Map<string, string[]>();
  for (const { name, scopes, at } of needs)
    for (const scope of scopes ?? []) names.set(scope, [...(names.get(scope) ?? []), `${name} (${at})`]);
  const sorted = [...names].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return lines(
    sorted.map(
      ([scope, by]) => `${scope}: ${by.slice(0, mostNamed).join(", ")}${by.length > mostNamed ? ` and ${by.length - mostNamed} more` : ""}`,
    ),
  );
}

function comparisonText({ account, missing, doubtful, superfluous }: Comparison): string {
  const named = (need: Need): string => `${need.scopes?.join(" or ")}: ${need.name} (${need.at})`;
  const parts = [
    ...(missing.length > 0 ? [`MISSING: add them and have the account consent again\n${lines(missing.map(named))}`] : []),
    ...(doubtful.length > 0 ? [`PERHAPS MISSING\n${lines(doubtful.map(named))}`] : []),
    ...(superfluous.length > 0 ? [`SUPERFLUOUS: nothing that was found needs them\n${lines(superfluous)}`] : []),
  ];
  return `${printable(account)}\n${parts.length === 0 ? "  has what is needed, and no more" : parts.join("\n")}`;
}

function lines(texts: readonly string[]): string {
  return texts.length === 0 ? "  none" : texts.map((text) => `  ${printable(text)}`).join("\n");
}
