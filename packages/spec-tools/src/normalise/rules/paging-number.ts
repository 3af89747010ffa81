import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";

const names = new Set(["limit", "skip", "offset", "page", "pageSize", "pageLength"]);

/** In a query a number and its digits are the same; the vendor types half of them as strings. */
export const pagingNumber: Rule = {
  name: "paging-number",
  repairs: "page size or position in a query typed as a string, a number accepted too",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const [index, parameter] of (operation.parameters ?? []).entries()) {
        if (parameter.in !== "query" || !names.has(parameter.name) || parameter.schema.type !== "string") continue;
        parameter.schema.type = ["string", "number"];
        repaired(`${pointer}/parameters/${index}`, parameter.name);
      }
    }
  },
};
