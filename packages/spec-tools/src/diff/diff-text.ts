import type { ContractDiff, OperationDiff } from "./contract-change.ts";

const titles = { added: "Added", removed: "Removed", renamed: "Renamed", changed: "Changed" } as const;

/** A contract diff as Markdown, breaking changes first. */
export function diffText(diff: ContractDiff): string {
  if (diff.operations.length === 0) return "Nothing changed.\n";
  const lines = [summary(diff), ""];
  for (const status of ["removed", "renamed", "changed", "added"] as const) {
    const operations = diff.operations.filter((one) => one.status === status);
    if (operations.length === 0) continue;
    lines.push(`### ${titles[status]} (${operations.length})`, "", ...operations.toSorted(breakingFirst).flatMap(operationLines), "");
  }
  return lines.join("\n");
}

/** One line: how many operations changed how. */
export function summary(diff: ContractDiff): string {
  const counts = (["added", "removed", "renamed", "changed"] as const)
    .map((status) => ({ status, count: diff.operations.filter((one) => one.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`);
  const breaking = diff.operations.filter((one) => one.breaking).length;
  return `${counts.join(", ")}; ${breaking === 0 ? "nothing breaks" : `${breaking} of them break`}.`;
}

function operationLines(operation: OperationDiff): string[] {
  const former = operation.formerId === undefined ? "" : `\`${operation.formerId}\` → `;
  const head = `- ${operation.breaking ? "**breaking** " : ""}${former}\`${operation.id}\` (${operation.generation}, \`${operation.key}\`)`;
  return [
    head,
    ...operation.changes.map(
      (change) => `  - ${change.breaking ? "**breaking** " : ""}${change.kind} \`${change.place}\`: ${change.detail}`,
    ),
  ];
}

function breakingFirst(a: OperationDiff, b: OperationDiff): number {
  return Number(b.breaking) - Number(a.breaking);
}
