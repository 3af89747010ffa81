import { operationsOf } from "../normalise/operations-of.ts";
import type { SourceDocument } from "../normalise/source-document.ts";

/** Puts the shared error answers of one of our documents back where they are used, in place. */
export function resolveResponses(document: SourceDocument): void {
  for (const { operation } of operationsOf(document)) {
    for (const [status, response] of Object.entries(operation.responses)) {
      const name = response.$ref?.replace("#/components/responses/", "");
      if (name !== undefined) operation.responses[status] = document.components.responses?.[name] ?? response;
    }
  }
}
