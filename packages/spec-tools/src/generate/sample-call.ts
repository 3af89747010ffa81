import { bodyContent, type OpenApiDocument } from "./document.ts";
import { inputName } from "./input-name.ts";
import { sampleSource, sampleValue, type SampleOptions } from "./sample-value.ts";
import type { DocumentedOperation } from "./operation-rows.ts";

/** Arguments of a facade call as TypeScript source; empty when the operation takes nothing. */
export function sampleArguments(document: OpenApiDocument, { source }: DocumentedOperation, options: SampleOptions): string {
  const parameters = (source.parameters ?? []).filter((one) => one.required === true || one.in === "path" || options.optional);
  const input: Record<string, unknown> = {};
  for (const one of parameters) input[inputName(one, parameters)] ??= sampleValue(document, one.schema, one.name, { optional: false }, 1);
  const content = bodyContent(source);
  if (content !== undefined) {
    const body = sampleValue(document, content.schema, "", { optional: false }, 1);
    const empty = typeof body === "object" && body !== null && Object.keys(body).length === 0;
    if (!empty || content.required || options.optional) input["body"] = body;
  }
  return Object.keys(input).length === 0 ? "" : sampleSource(input);
}
