import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { routeKey } from "../normalise/route-key.ts";
import type { SourceFacts } from "../normalise/source-facts.ts";

const folder = new URL("../../facts/", import.meta.url);

/** Reads our own knowledge of single operations (packages/spec-tools/facts). */
export async function readFacts(): Promise<SourceFacts> {
  const [scopes, tokens, retry, successors, pagination] = await Promise.all([
    readTable("scopes.tsv"),
    readTable("tokens.tsv"),
    readTable("retry.tsv"),
    readTable("successors.tsv"),
    readFile(new URL("pagination.yaml", folder), "utf8"),
  ]);
  return {
    scopes: listed(scopes),
    tokens: listed(tokens),
    retry,
    successors: new Map([...successors].map(([route, successor]) => [route, routeKey(successor)])),
    pagination: new Map(Object.entries(parse(pagination) as Record<string, Record<string, unknown>[]>)),
  };
}

/** Two tab-separated columns under a header line. */
async function readTable(name: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(new URL(name, folder), "utf8");
  const rows = text
    .split("\n")
    .slice(1)
    .filter((line) => line !== "");
  return new Map(
    rows.map((line) => {
      const [route, value, ...more] = line.split("\t");
      if (route === undefined || value === undefined || more.length > 0) throw new Error(`facts/${name}: not two columns: ${line}`);
      return [route, value];
    }),
  );
}

function listed(table: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  return new Map([...table].map(([route, value]) => [route, value.split(",")]));
}
