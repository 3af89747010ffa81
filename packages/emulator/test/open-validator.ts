import { packagedContract, type Generation, type OpenApiDocument, type Operation } from "../src/contract/contract-source.ts";
import { findOperation, resolve, successOf, type Schema, type Success } from "../src/contract/open-api.ts";
import { compileSchema } from "../src/validate/validator.ts";

/**
 * Checks answers against the contract: nothing relaxed, with every field that the contract says is always there, and without any that
 * it does not know.
 */
export interface AnswerCheck {
  readonly success: Success;
  /** One line per finding. */
  readonly findings: (body: unknown) => readonly string[];
}

const checks = new Map<string, Promise<AnswerCheck>>();

/** The check of an operation's answers; compiled once. */
export function answerCheck(generation: Generation, operation: Operation): Promise<AnswerCheck> {
  const key = `${generation} ${operation.id}`;
  const known = checks.get(key) ?? compileCheck(generation, operation);
  checks.set(key, known);
  return known;
}

async function compileCheck(generation: Generation, operation: Operation): Promise<AnswerCheck> {
  const document = await packagedContract.document(generation, operation.id);
  const node = document && findOperation(document, operation);
  if (document === undefined || node === undefined) throw new Error(`${operation.id} is in no document`);
  const success = successOf(document, node);
  if (success.schema === undefined) return { success, findings: () => [] };
  const validate = await compileSchema(asAnswered({ ...success.schema, components: document.components }, document) as Schema);
  return {
    success,
    findings: (body) =>
      validate(body).map((error) => `${error.instancePath} ${error.message ?? ""} ${JSON.stringify(error.params).slice(0, 120)}`),
  };
}

/**
 * `x-always` is what answers always have; `required` is what the vendor's documents say, which is less reliable. Beside the fields that are
 * described there is none; the members of `allOf` are judged together.
 */
function asAnswered(node: unknown, document: OpenApiDocument, isMember = false): unknown {
  if (Array.isArray(node)) return node.map((one) => asAnswered(one, document, isMember));
  if (typeof node !== "object" || node === null) return node;
  const own = (isMember ? resolve<Schema>(document, node) : node) as Schema;
  const copy = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, asAnswered(value, document, name === "allOf")]));
  const always = copy["x-always"];
  const isClosed = copy["allOf"] !== undefined || (copy["properties"] !== undefined && copy["additionalProperties"] === undefined);
  return {
    ...copy,
    ...(Array.isArray(always) && { required: always }),
    // The trace id stands in every object that is answered, described or not.
    ...(isClosed && !isMember && { unevaluatedProperties: false, properties: { traceId: {}, ...(copy["properties"] as object) } }),
  };
}
