import { packagedContract, type Generation, type Operation } from "../src/contract/contract-source.ts";
import { findOperation, successOf, type Schema, type Success } from "../src/contract/open-api.ts";
import { compileSchema } from "../src/validate/validator.ts";

/**
 * Checks answers against the contract as it stands: nothing closed, nothing relaxed, and with every field that the
 * contract says is always there.
 */
export interface AnswerCheck {
  readonly success: Success;
  /** One line per finding. */
  readonly findings: (body: unknown) => readonly string[];
}

export async function answerCheck(generation: Generation, operation: Operation): Promise<AnswerCheck> {
  const document = await packagedContract.document(generation, operation.id);
  const node = document && findOperation(document, operation);
  if (document === undefined || node === undefined) throw new Error(`${operation.id} is in no document`);
  const success = successOf(document, node);
  if (success.schema === undefined) return { success, findings: () => [] };
  const validate = await compileSchema(withAlways({ ...success.schema, components: document.components }) as Schema);
  return {
    success,
    findings: (body) =>
      validate(body).map((error) => `${error.instancePath} ${error.message ?? ""} ${JSON.stringify(error.params).slice(0, 120)}`),
  };
}

/** `x-always` is what answers always have; `required` is what the vendor's documents say, which is less reliable. */
function withAlways(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withAlways);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withAlways(value)]));
  const always = copy["x-always"];
  return Array.isArray(always) ? { ...copy, required: always } : copy;
}
