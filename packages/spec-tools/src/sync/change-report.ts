import type { ContractDiff } from "../diff/contract-change.ts";
import { diffText, summary } from "../diff/diff-text.ts";
import { tableRow } from "../generate/text/markdown.ts";
import { rules } from "../normalise/rules.ts";
import type { NormalisedSource } from "./normalise-source.ts";
import type { SourceLock } from "./source-lock.ts";

/** What the reports of a sync are made of. */
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

/** Reports as they stand, by their path below `openapi/changes`. */
export type ReadReport = (name: string) => Promise<string | undefined>;

const index = "README.md";
const repairsTitle = "## Repairs";

/**
 * The reports of a sync by their path below `openapi/changes`: one file for each state of the vendor's documents, which later syncs of the
 * same state add to, and an index. When no operation changed, only the table of repairs is written again.
 */
export async function changeReports(input: ReportInput, read: ReadReport): Promise<ReadonlyMap<string, string>> {
  const known = await read(index);
  const reports = new Map<string, string>();
  const name = `${input.lock.commit.slice(0, 7)}.md`;
  const isChanged = input.diff.operations.length > 0;
  if (isChanged) {
    const before = await read(name);
    reports.set(name, before === undefined ? report(input) : `${before.trimEnd()}\n\n${changesPart(input, "## Synced again")}`);
  }
  const rows = rowsOf(known);
  reports.set(index, [indexHead, ...(isChanged ? withRow(rows, name, input) : rows), "", repairsPart(input.normalised)].join("\n"));
  return reports;
}

const indexHead = [
  "# Changes of the contract",
  "",
  "Written by `pnpm spec:sync`: a report for each state of the vendor's documents, the latest first.",
  "",
  "| commit | date | changes |",
  "|---|---|---|",
].join("\n");

function rowsOf(known: string | undefined): readonly string[] {
  return (known?.split(repairsTitle, 1)[0] ?? "").split("\n").filter((line) => line.startsWith("| [`"));
}

function withRow(rows: readonly string[], name: string, { lock, diff, previous }: ReportInput): readonly string[] {
  const short = lock.commit.slice(0, 7);
  const changes = previous === undefined ? `first import: ${diff.operations.length} operations` : summary(diff);
  const row = tableRow([`[\`${short}\`](${name})`, lock.date, changes]);
  return [row, ...rows];
}

function report(input: ReportInput): string {
  const { lock } = input;
  return [
    `# \`${lock.commit.slice(0, 7)}\` of ${lock.date}`,
    "",
    `Source: ${lock.repository}`,
    "",
    changesPart(input, "## What changed"),
  ].join("\n");
}

function changesPart({ lock, previous, diff, namesAdded, events }: ReportInput, title: string): string {
  const changes = previous === undefined ? `${diff.operations.length} operations in two generations.\n` : diffText(diff);
  const names = previous === undefined ? [] : [...namesAdded].map(([key, id]) => `- \`${key}\`: \`${id}\``);
  return [
    title,
    "",
    origin(lock, previous),
    "",
    changes,
    `Webhook events: ${events}`,
    "",
    ...(names.length === 0
      ? []
      : ["Names given to new operations (check them before they are released: they are never changed):", "", ...names, ""]),
  ].join("\n");
}

function origin(lock: SourceLock, previous: SourceLock | undefined): string {
  if (previous === undefined) return "First import.";
  if (previous.commit === lock.commit) return "The same documents as before: rules or facts of ours changed.";
  return `Since \`${previous.commit.slice(0, 7)}\` of ${previous.date}.`;
}

function repairsPart({ repairs }: NormalisedSource): string {
  const count = (rule: string, generation: string): string =>
    String(repairs.filter((one) => one.rule === rule && one.generation === generation).length);
  return [
    repairsTitle,
    "",
    "Defects of the vendor's documents, corrected by rule (`packages/spec-tools/src/normalise/rules/`). A defect of a new kind stops the sync.",
    "",
    "| rule | repairs | v3 | v2 |",
    "|---|---|---:|---:|",
    ...rules.map(({ name, repairs: text }) => tableRow([name, text, count(name, "v3"), count(name, "v2")])),
    "",
  ].join("\n");
}
