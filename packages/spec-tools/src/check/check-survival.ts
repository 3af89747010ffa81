import { operationsOf } from "../normalise/operations-of.ts";
import { routeKey } from "../normalise/route-key.ts";
import type { SourceDocument, SourceOperation } from "../normalise/source-document.ts";
import type { Source } from "../sync/read-source.ts";
import { lostFacts } from "./compare-facts.ts";
import type { Finding } from "./finding.ts";
import { schemaFacts, type SchemaFacts } from "./schema-facts.ts";

type Documents = Readonly<Record<"v3" | "v2", ReadonlyMap<string, unknown>>>;
type Schema = Readonly<Record<string, unknown>>;

const tokenOf: Readonly<Record<string, string>> = {
  bearer: "location",
  "Location-Access": "location",
  "Location-Access-Only": "locationOAuth",
  "Agency-Access": "agency",
  "Agency-Access-Only": "agencyOAuth",
};

/**
 * Proves that every fact of the source stands in the contract: paths, parameters, fields, enums, required flags, scopes,
 * token kinds, versions, status codes, media types. Reads the source by itself, without the rules that wrote the contract.
 */
export function checkSurvival(source: Source, contract: Documents): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { service, generation, file, raw } of source.files) {
    const ours = contract[generation].get(service) as SourceDocument | undefined;
    if (ours === undefined) {
      findings.push({ file, place: "", problem: `no document openapi/${generation}/${service}.yaml` });
      continue;
    }
    const kept = new Map(operationsOf(ours).map((one) => [routeKey(one.key), one.operation]));
    const theirs = raw as SourceDocument;
    for (const { key, operation } of operationsOf(theirs)) {
      const other = kept.get(routeKey(key));
      const problems =
        other === undefined
          ? ["operation"]
          : lostOfOperation(factsIn(theirs, source.common[generation], false), operation, factsIn(ours, {}, true), other);
      findings.push(...problems.map((problem) => ({ file, place: key, problem: `lost: ${problem}` })));
    }
  }
  return findings;
}

type FactsOf = (schema: Schema | undefined) => SchemaFacts;

function factsIn(document: SourceDocument, common: Readonly<Record<string, unknown>>, ours: boolean): FactsOf {
  const resolve = (ref: string): { schema: Schema; name: string } | undefined => {
    const name = ref.slice(ref.lastIndexOf("/") + 1);
    const local = ref.startsWith("#") ? document.components.schemas[name] : undefined;
    const schema = local ?? common[name];
    return schema === undefined ? undefined : { schema: schema as Schema, name: local === undefined ? `common:${name}` : name };
  };
  return (schema) => schemaFacts(schema, resolve, ours);
}

function lostOfOperation(factsOf: FactsOf, theirs: SourceOperation, oursOf: FactsOf, ours: SourceOperation): string[] {
  return [
    ...lostParameters(factsOf, theirs, oursOf, ours),
    ...lostAccess(theirs, ours),
    ...lostContent("request", factsOf, theirs.requestBody?.content, oursOf, ours.requestBody?.content),
    ...lostAnswers(factsOf, theirs, oursOf, ours),
    ...(theirs.deprecated === true && ours.deprecated !== true ? ["deprecation"] : []),
    ...(theirs.requestBody?.required === true && ours.requestBody?.required !== true ? ["required flag of the request"] : []),
  ];
}

function lostParameters(factsOf: FactsOf, theirs: SourceOperation, oursOf: FactsOf, ours: SourceOperation): string[] {
  const lost: string[] = [];
  const inPath = (operation: SourceOperation): number => operation.parameters?.filter((one) => one.in === "path").length ?? 0;
  if (inPath(ours) < inPath(theirs)) lost.push("path parameter");
  for (const parameter of theirs.parameters ?? []) {
    const { name } = parameter;
    if (parameter.in === "header" && name.toLowerCase() === "version" && ours["x-version"] !== parameter.schema.enum?.[0])
      lost.push("version");
    // The name of a path parameter is not on the wire (rule template-twins); Authorization is what `security` says.
    if (parameter.in !== "query") continue;
    const kept = ours.parameters?.find((one) => one.in === "query" && one.name === name);
    if (kept === undefined) lost.push(`query parameter ${name}`);
    else {
      if (parameter.required === true && kept.required !== true) lost.push(`required flag of query ${name}`);
      lost.push(...lostFacts(factsOf(parameter.schema), oursOf(kept.schema)).map((one) => `query ${name}: ${one}`));
    }
  }
  return lost;
}

function lostAccess(theirs: SourceOperation, ours: SourceOperation): string[] {
  const stated = (theirs.security ?? []).flatMap((alternative) => Object.entries(alternative));
  const kinds = new Set((ours.security ?? []).flatMap(Object.keys));
  return [
    ...stated.filter(([scheme]) => !kinds.has(tokenOf[scheme] ?? scheme)).map(([scheme]) => `token kind of ${scheme}`),
    ...stated
      .flatMap(([, scopes]) => scopes)
      .filter((scope) => ours["x-scopes"]?.includes(scope) !== true)
      .map((scope) => `scope ${scope}`),
  ];
}

type Content = SourceOperation["responses"][string]["content"];

function lostContent(place: string, factsOf: FactsOf, theirs: Content, oursOf: FactsOf, ours: Content): string[] {
  const lost: string[] = [];
  for (const [type, media] of Object.entries(theirs ?? {})) {
    const kept = ours?.[type];
    if (kept === undefined) lost.push(`${place}: media type ${type}`);
    else
      lost.push(
        ...lostFacts(factsOf(media.schema as Schema | undefined), oursOf(kept.schema as Schema | undefined)).map(
          (one) => `${place}: ${one}`,
        ),
      );
  }
  return lost;
}

function lostAnswers(factsOf: FactsOf, theirs: SourceOperation, oursOf: FactsOf, ours: SourceOperation): string[] {
  const lost: string[] = [];
  for (const [status, response] of Object.entries(theirs.responses)) {
    const kept = ours.responses[status];
    if (kept === undefined) lost.push(`status ${status}`);
    // The media type of a file stands in a header (rule response-media-type).
    else if (response.headers === undefined) lost.push(...lostContent(`answer ${status}`, factsOf, response.content, oursOf, kept.content));
  }
  return lost;
}
