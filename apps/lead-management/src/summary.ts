import Table from "cli-table3";
import type { Outcome, OutcomeKind } from "./lead.ts";

const meanings: Readonly<Record<OutcomeKind, string>> = {
  created: "new contact, opportunity and follow-up",
  adopted: "contact was there: tagged, opportunity ensured",
  rejected: "row cannot be used",
  failed: "HighLevel refused or did not answer",
  "would create": "dry run: no such contact yet",
  "would adopt": "dry run: contact is there",
};

/** The table at the end: how many rows came out how. */
export function summaryTable(outcomes: readonly Outcome[]): string {
  const table = new Table({
    head: ["outcome", "rows", "what it means"],
    colAligns: ["left", "right", "left"],
    style: { head: [], border: [] },
  });
  for (const kind of Object.keys(meanings) as OutcomeKind[]) {
    const count = outcomes.filter(({ outcome }) => outcome === kind).length;
    if (count > 0) table.push([kind, count, meanings[kind]]);
  }
  table.push(["total", outcomes.length, followUpText(outcomes)]);
  return table.toString();
}

function followUpText(outcomes: readonly Outcome[]): string {
  const counts = Map.groupBy(
    outcomes.flatMap(({ followUps }) => followUps),
    (name) => name,
  );
  return [...counts].map(([name, all]) => `${all.length} × ${name}`).join(", ");
}

/** The rows a person should look at, with the reason. */
export function remarks(outcomes: readonly Outcome[], limit: number): readonly string[] {
  const odd = outcomes.filter(({ outcome }) => outcome === "rejected" || outcome === "failed");
  const shown = odd.slice(0, limit).map(({ line, outcome, reason }) => `  line ${line}: ${outcome}, ${reason}`);
  return odd.length > limit ? [...shown, `  … and ${odd.length - limit} more in the result file`] : shown;
}
