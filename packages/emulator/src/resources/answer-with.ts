import { resolve, type Schema } from "../contract/open-api.ts";
import type { Answer, Evidence } from "../http/answer.ts";
import type { Call } from "../services/call.ts";
import { nowIso } from "../services/call.ts";
import { flatSchema, isObject } from "./flat-schema.ts";
import { project } from "./project.ts";

/**
 * A success of the call's operation: the declared status, and the values in the declared shape. What the contract does not name is left out,
 * what answers always have is filled in.
 * @param evidence Default: `documented` where the contract describes the answer, else `inferred`.
 */
export function answerWith(call: Call, values: unknown, evidence?: Evidence): Answer {
  const { success, document } = call;
  const { status, schema } = success;
  const level = evidence ?? (isDescribed(schema, document) ? "documented" : "inferred");
  if (status === 204) return { status, body: undefined, kind: "stateful", evidence: level };
  const body = schema === undefined ? values : project(schema, wordOf(schema, values, document), { document, nowIso: nowIso(call) });
  return { status, body, kind: "stateful", evidence: level };
}

/** Some answers are a bare word or flag. */
function wordOf(schema: Schema, values: unknown, document: Call["document"]): unknown {
  const { types, properties } = flatSchema(resolve<Schema>(document, schema), document);
  const isWord = properties === undefined && (types[0] === "string" || types[0] === "boolean");
  if (!isWord || !isObject(values)) return values;
  return types[0] === "boolean" ? values["success"] !== false : (values["message"] ?? "Success");
}

/** Whether the contract has more to say of an answer than that there is one. */
export function isDescribed(schema: Schema | undefined, document: Call["document"]): boolean {
  if (schema === undefined) return false;
  const { properties, items, types, alternatives } = flatSchema(resolve<Schema>(document, schema), document);
  return properties !== undefined || items !== undefined || alternatives.length > 0 || (types.length > 0 && types[0] !== "object");
}
