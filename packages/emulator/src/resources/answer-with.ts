import { resolve, type Schema } from "../contract/open-api.ts";
import { reply, type Answer } from "../http/answer.ts";
import type { Call } from "../call/call.ts";
import { nowIso } from "../call/call.ts";
import { flatSchema, isObject } from "./flat-schema.ts";
import { project } from "./project.ts";

/**
 * A success of the call's operation: the declared status, and the values in the declared shape. What the contract does not name is left out,
 * what answers always have is filled in.
 */
export function answerWith(call: Call, values: unknown): Answer {
  const { success, document } = call;
  const { status, schema } = success;
  if (status === 204) return reply(status, undefined);
  if (schema === undefined) return reply(status, values);
  return reply(status, project(schema, wordOf(schema, values, document), { document, nowIso: nowIso(call) }));
}

/** Some answers are a bare word or flag. */
function wordOf(schema: Schema, values: unknown, document: Call["document"]): unknown {
  const { types, properties } = flatSchema(resolve<Schema>(document, schema), document);
  const isWord = properties === undefined && (types[0] === "string" || types[0] === "boolean");
  if (!isWord || !isObject(values)) return values;
  return types[0] === "boolean" ? values["success"] !== false : (values["message"] ?? "Success");
}
