import type { ContractDiff } from "../diff/contract-change.ts";
import { diffText } from "../diff/diff-text.ts";
import { rules } from "../normalise/rules.ts";
import type { NormalisedSource } from "./normalise-source.ts";
import type { SourceLock } from "./source-lock.ts";

export interface ReportInput {
  readonly lock: SourceLock;
  /** State before this sync; absent at the first. */
  readonly previous: SourceLock | undefined;
  readonly diff: ContractDiff;
  readonly normalised: NormalisedSource;
  readonly namesAdded: ReadonlyMap<string, string>;
  /** What was done about the webhook event pages, in a sentence. */
  readonly events: string;
}

const repairsTitle = "## Repairs";

/**
 * The report of a sync. When nothing changed, the part about changes is kept as the last sync that changed something
 * wrote it.
 */
export function changeReport(input: ReportInput, last: string | undefined): string {
  const unchanged = input.diff.operations.length === 0 && last !== undefined;
  const changes = unchanged ? last.slice(0, last.indexOf(repairsTitle)) : changesPart(input);
  return changes + repairsPart(input.normalised);
}

function changesPart({ lock, previous, diff, namesAdded, events }: ReportInput): string {
  const source = `\`${lock.commit.slice(0, 7)}\` of ${lock.date} (${lock.repository})`;
  const changes = previous === undefined ? `${diff.operations.length} operations in two generations.\n` : diffText(diff);
  const names = previous === undefined ? [] : [...namesAdded].map(([key, id]) => `- \`${key}\`: \`${id}\``);
  return [
    "# Changes of the contract",
    "",
    "Written by `pnpm spec:sync`.",
    "",
    origin(source, lock, previous),
    "",
    "## What changed",
    "",
    changes,
    `Webhook events: ${events}`,
    "",
    ...(names.length === 0
      ? []
      : ["Names given to new operations (look at them before they are released: they are never changed):", "", ...names, ""]),
    "",
  ].join("\n");
}

function origin(source: string, lock: SourceLock, previous: SourceLock | undefined): string {
  if (previous === undefined) return `First import, of ${source}.`;
  if (previous.commit === lock.commit) return `Of ${source}, as before: rules or facts of ours changed.`;
  return `From \`${previous.commit.slice(0, 7)}\` of ${previous.date} to ${source}.`;
}

function repairsPart({ repairs }: NormalisedSource): string {
  const count = (rule: string, generation: string): number =>
    repairs.filter((one) => one.rule === rule && one.generation === generation).length;
  return [
    repairsTitle,
    "",
    "Defects of the vendor's documents, put right by rule (`packages/spec-tools/src/normalise/rules/`). A defect of a new kind stops the sync.",
    "",
    "| rule | repairs | v3 | v2 |",
    "|---|---|---:|---:|",
    ...rules.map(({ name, repairs: text }) => `| ${name} | ${text.replaceAll("|", "\\|")} | ${count(name, "v3")} | ${count(name, "v2")} |`),
    "",
  ].join("\n");
}
