import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { routeKey } from "../normalise/route-key.ts";
import { factsFolder, readTable } from "../facts/read-table.ts";
import type { SourceFacts } from "../normalise/source-facts.ts";

/** Reads our own knowledge of single operations (packages/spec-tools/facts). */
export async function readFacts(): Promise<SourceFacts> {
  const [scopes, tokens, retry, successors, pagination] = await Promise.all([
    readTable("scopes.tsv"),
    readTable("tokens.tsv"),
    readTable("retry.tsv"),
    readTable("successors.tsv"),
    readFile(new URL("pagination.yaml", factsFolder), "utf8"),
  ]);
  return {
    scopes: listed(scopes),
    tokens: listed(tokens),
    retry,
    successors: new Map([...successors].map(([route, successor]) => [route, routeKey(successor)])),
    pagination: new Map(Object.entries(parse(pagination) as Record<string, Record<string, unknown>[]>)),
  };
}

function listed(table: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  return new Map([...table].map(([route, value]) => [route, value.split(",")]));
}
