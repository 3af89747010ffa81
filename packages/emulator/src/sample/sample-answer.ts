import type { Route } from "../routing/route.ts";
import type { Answer } from "../http/answer.ts";
import type { Call } from "../call/call.ts";
import { sampleValue } from "./sample-value.ts";

/** The declared success answer of an operation, made up from its schema. */
export function sampleAnswer(route: Route, call: Call): Answer {
  const { rules } = route;
  if (rules === undefined) throw new Error(`The rules of ${route.operation.id} have not been loaded.`);
  const { success, document } = rules;
  const frame = { status: success.status, kind: "sample", evidence: "sample" } as const;
  if (success.status === 204) return { ...frame, body: undefined };
  if (success.contentType !== undefined && !success.contentType.includes("json")) {
    return { ...frame, body: `Sample of ${route.operation.id}`, contentType: success.contentType };
  }
  const { world, operation, params, locationId } = call;
  const known = { ...namedByRequest(call), companyId: world.seed.companyId, ...params, ...(locationId !== undefined && { locationId }) };
  const context = { seed: `${world.options.seed}/${operation.id}`, known, nowIso: new Date(world.clock.now()).toISOString() };
  return { ...frame, body: success.schema === undefined ? {} : sampleValue(success.schema, document, context) };
}

/** Texts of query and body, so that a sampled create answers with the name it was given. */
function namedByRequest({ query, body }: Call): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...query, ...body }).filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== ""),
  );
}
