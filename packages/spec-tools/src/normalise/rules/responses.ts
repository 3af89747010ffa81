import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";

/** A recording or a transcript: the type stands in the description of a header. */
export const responseMediaType: Rule = {
  name: "response-media-type",
  repairs: "answer whose media type stands in a header's description, given that media type",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const type = response.headers?.["Content-Type"]?.description;
        delete response.headers;
        if (type === undefined || !/^[a-z]+\/[\w.+-]+$/.test(type)) continue;
        response.content = { [type]: { schema: type.startsWith("text/") ? { type: "string" } : { type: "string", format: "binary" } } };
        repaired(`${pointer}/responses/${status}`, type);
      }
    }
  },
};

/** Nothing is said of an answer: its type is unknown, which is not the same as anything. */
export const responseUnknown: Rule = {
  name: "response-unknown",
  repairs: "answer without a schema, marked unknown",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const success = status.startsWith("2") && status !== "204";
        if (success && Object.keys(response.content ?? {}).length === 0) response.content = { "application/json": {} };
        for (const media of Object.values(response.content ?? {})) {
          if (media.schema !== undefined && Object.keys(media.schema).length > 0) continue;
          media.schema = { "x-unknown": true };
          repaired(`${pointer}/responses/${status}`);
        }
      }
    }
  },
};
