import { rules } from "./generated/v3/wire-rules.ts";
import type { AnswerKind, BodyKind, HttpMethod, Operation } from "./operation.ts";

/**
 * Wire rules of a route of the current generation, without the operation table: `Version`, comma lists, body and answer
 * kind. What the rules do not carry is left cautious: scopes and tokens not stated, a lost answer safe to repeat for
 * GET alone. A route the contract does not know gets the usual `Version`.
 */
export function wireRule(method: HttpMethod, path: string): Operation {
  const flags = flagsOf(`${method} ${path} `);
  const version = flags["v"] ?? segmentVersion(path);
  return {
    id: `${method} ${path}`,
    method,
    path,
    version: version === "-" ? null : version,
    scopes: null,
    tokens: [],
    tenant: [],
    retry: method === "GET" ? "safe" : "unsafe-side-effect",
    pagination: null,
    body: (flags["b"] as BodyKind | undefined) ?? "json",
    comma: flags["c"]?.split(",") ?? [],
    answer: (flags["a"] as AnswerKind | undefined) ?? "json",
    deprecated: false,
    successor: null,
  };
}

function lineAfter(start: string): string | undefined {
  const at = rules.indexOf(`\n${start}`);
  return at < 0 ? undefined : rules.slice(at + 1 + start.length).split("\n", 1)[0];
}

function segmentVersion(path: string): string {
  return lineAfter(`/${path.split("/")[1] ?? ""} `) ?? (rules.split("\n", 1)[0] as string);
}

function flagsOf(route: string): Readonly<Record<string, string>> {
  return Object.fromEntries((lineAfter(route) ?? "").split(" ").map((flag) => [flag.charAt(0), flag.slice(1)]));
}
