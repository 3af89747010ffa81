import type { ContractDiff } from "../diff/contract-change.ts";
import { summary } from "../diff/diff-text.ts";
import type { SourceLock } from "./source-lock.ts";

const packages = ["@ghlkit/contract", "@ghlkit/client"];
const bumps = ["patch", "minor", "major"] as const;
type Bump = (typeof bumps)[number];

/** A changeset file. */
export interface Changeset {
  /** File name below `.changeset/`. */
  readonly name: string;
  readonly text: string;
}

/** What the changeset of a sync is made of. */
export interface ChangesetInput {
  readonly diff: ContractDiff;
  readonly lock: SourceLock;
  /** Present version of `@ghlkit/contract`. */
  readonly version: string;
  /** Whether this is the first import. */
  readonly first: boolean;
  /** Changesets of earlier syncs that have not been released. */
  readonly unreleased: readonly Changeset[];
}

/**
 * The changeset of a sync, or nothing when no operation changed. Before 1.0 something breaking is a minor and everything else a patch; from
 * 1.0 on it is a major and a minor. Unreleased changesets of earlier syncs are merged in: the strongest bump and every breaking change stay.
 */
export function changeset({ diff, lock, version, first, unreleased }: ChangesetInput): Changeset | undefined {
  if (diff.operations.length === 0) return undefined;
  const early = version.startsWith("0.");
  const own: Bump = first ? "minor" : diff.breaking ? (early ? "minor" : "major") : early ? "patch" : "minor";
  const earlier = unreleased.map(parseChangeset);
  const bump = strongest([own, ...earlier.map((one) => one.bump)]);
  const breaking = [...new Set([...breakingLines(diff), ...earlier.flatMap((one) => one.breaking)])];
  const summaries = [...new Set([firstLine(diff, lock, first), ...earlier.flatMap((one) => one.summaries)])];
  const text = [
    "---",
    ...packages.map((name) => `"${name}": ${bump}`),
    "---",
    "",
    ...summaries.flatMap((line) => [line, ""]),
    ...(breaking.length === 0 || first ? [] : ["What breaks:", "", ...breaking, ""]),
    ...(first ? [] : ["All changes: `openapi/changes/` at this release.", ""]),
  ].join("\n");
  return { name: `spec-${lock.commit.slice(0, 7)}.md`, text };
}

function firstLine(diff: ContractDiff, lock: SourceLock, first: boolean): string {
  if (first) return `The contract of the HighLevel API as of ${lock.date}: ${diff.operations.length} operations in two generations.`;
  return `The contract follows the vendor's documents of ${lock.date}: ${summary(diff)}`;
}

function breakingLines(diff: ContractDiff): readonly string[] {
  return diff.operations
    .filter((one) => one.breaking)
    .map((one) => {
      const details = one.changes
        .filter((change) => change.breaking)
        .map((change) => `${change.kind} \`${change.place}\` (${change.detail})`);
      const former = one.formerId === undefined ? "" : `\`${one.formerId}\` → `;
      return `- ${former}\`${one.id}\` (${one.generation}): ${one.status === "removed" ? "removed" : details.join("; ")}`;
    });
}

interface ParsedChangeset {
  readonly bump: Bump;
  readonly summaries: readonly string[];
  readonly breaking: readonly string[];
}

/** Reads a changeset of a sync back. */
function parseChangeset({ text }: Changeset): ParsedChangeset {
  const [, header = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const stated = bumps.filter((one) => new RegExp(`: "?${one}"?$`, "m").test(header));
  const lines = body.split("\n").filter((line) => line !== "");
  return {
    bump: strongest(stated.length === 0 ? ["patch"] : stated),
    summaries: lines.filter((line) => line.startsWith("The contract ")),
    breaking: lines.filter((line) => line.startsWith("- ")),
  };
}

function strongest(all: readonly Bump[]): Bump {
  return bumps[Math.max(...all.map((one) => bumps.indexOf(one)))] ?? "patch";
}
