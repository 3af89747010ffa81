import type { ContractDiff } from "../diff/contract-change.ts";
import { summary } from "../diff/diff-text.ts";
import type { SourceLock } from "./source-lock.ts";

const packages = ["@ghlkit/contract", "@ghlkit/client"];

/**
 * The changeset of a sync, or nothing when no operation changed. Before 1.0 something breaking is a minor and everything
 * else a patch; from 1.0 on it is a major and a minor.
 */
export function changeset(
  diff: ContractDiff,
  lock: SourceLock,
  version: string,
  first: boolean,
): { readonly name: string; readonly text: string } | undefined {
  if (diff.operations.length === 0) return undefined;
  const early = version.startsWith("0.");
  const bump = diff.breaking ? (early ? "minor" : "major") : early ? "patch" : "minor";
  const text = first
    ? `The contract of the HighLevel API as of ${lock.date}: ${diff.operations.length} operations in two generations.`
    : [
        `The contract follows the vendor's documents of ${lock.date}: ${summary(diff)}`,
        "",
        ...breaking(diff),
        "All changes: `openapi/CHANGES.md` at this release.",
      ].join("\n");
  const header = packages.map((name) => `"${name}": ${first ? "minor" : bump}`);
  return { name: `spec-${lock.commit.slice(0, 7)}.md`, text: ["---", ...header, "---", "", text, ""].join("\n") };
}

function breaking(diff: ContractDiff): string[] {
  const lines = diff.operations
    .filter((one) => one.breaking)
    .map((one) => {
      const details = one.changes
        .filter((change) => change.breaking)
        .map((change) => `${change.kind} \`${change.place}\` (${change.detail})`);
      return `- \`${one.id}\` (${one.generation}): ${one.status === "removed" ? "removed" : details.join("; ")}`;
    });
  return lines.length === 0 ? [] : ["What breaks:", "", ...lines, ""];
}
