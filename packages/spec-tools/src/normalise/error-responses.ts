import { STATUS_CODES } from "node:http";
import { operationsOf } from "./operations-of.ts";
import type { SourceDocument, SourceResponse } from "./source-document.ts";

/** Moves error answers that several operations share into `components.responses`, named by status and schema. */
export function shareErrorResponses(document: SourceDocument): void {
  const shared: Record<string, SourceResponse> = {};
  for (const { operation } of operationsOf(document)) {
    for (const [status, response] of Object.entries(operation.responses)) {
      if (!/^[45]/.test(status)) continue;
      const name = responseName(status, response);
      if (name === undefined) continue;
      shared[name] = response;
      operation.responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  const names = Object.keys(shared).toSorted();
  if (names.length > 0) document.components.responses = Object.fromEntries(names.map((name) => [name, shared[name] as SourceResponse]));
}

/** `BadRequest`, or `BadRequestOrderError` where the schema is another than the usual; `undefined` for an inline schema. */
function responseName(status: string, response: SourceResponse): string | undefined {
  const reason = (STATUS_CODES[status] ?? "").replaceAll(/[^A-Za-z]/g, "");
  const [media, ...more] = Object.values(response.content ?? {});
  if (media === undefined) return `${reason}Empty`;
  const name = media.schema?.$ref?.replace("#/components/schemas/", "");
  if (name === undefined || more.length > 0) return undefined;
  return reason.startsWith(name) || name === reason ? reason : `${reason}As${name}`;
}
