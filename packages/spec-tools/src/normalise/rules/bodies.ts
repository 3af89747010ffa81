import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";

/** A request body of which only the media type is known. */
export const bodyWithoutSchema: Rule = {
  name: "body-without-schema",
  repairs: "request body without a schema, declared an open object",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const media of Object.values(operation.requestBody?.content ?? {})) {
        if (media.schema !== undefined && Object.keys(media.schema).length > 0) continue;
        media.schema = { type: "object", additionalProperties: true };
        repaired(`${pointer}/requestBody`);
      }
    }
  },
};
