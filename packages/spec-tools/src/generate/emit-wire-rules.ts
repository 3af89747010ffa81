import type { Operation } from "@ghlkit/contract";
import { mostCommon } from "./most-common.ts";

/**
 * Writes what the path level needs to know of every route in as few bytes as possible: one usual `Version`, that of each
 * first path segment which differs, and single routes that differ from their segment.
 */
export function emitWireRules(rows: readonly Operation[]): string {
  const usual = mostCommon(rows.map(versionOf));
  const segments = Map.groupBy(rows, ({ path }) => segmentOf(path));
  const bySegment = [...segments].map(([segment, own]) => [segment, mostCommon(own.map(versionOf))] as const);
  const lines = bySegment.filter(([, version]) => version !== usual).map(([segment, version]) => `/${segment} ${version}`);
  const versionOfSegment = new Map(bySegment);
  for (const row of rows) {
    const flags = [
      versionOf(row) === versionOfSegment.get(segmentOf(row.path)) ? "" : `v${versionOf(row)}`,
      row.comma.length === 0 ? "" : `c${row.comma.join(",")}`,
      row.body === null || row.body === "json" ? "" : `b${row.body}`,
      row.answer === "json" ? "" : `a${row.answer}`,
    ].filter((flag) => flag !== "");
    if (flags.length > 0) lines.push(`${row.method} ${row.path} ${flags.join(" ")}`);
  }
  return ["export const rules: string =", `  ${JSON.stringify([usual, ...lines].join("\n"))};`, ""].join("\n");
}

function versionOf({ version }: Operation): string {
  return version ?? "-";
}

function segmentOf(path: string): string {
  return path.split("/")[1] ?? "";
}
