import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";

/** `default` and `example` beside a parameter's schema: moved in, so that the other rules see them. */
export const parameterKeywords: Rule = {
  name: "parameter-default",
  repairs: "`default` on a parameter instead of in its schema, moved",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const [index, parameter] of (operation.parameters ?? []).entries()) {
        if (parameter.example !== undefined) parameter.schema.example ??= parameter.example;
        delete parameter.example;
        if (parameter.default === undefined) continue;
        parameter.schema.default ??= parameter.default;
        delete parameter.default;
        repaired(`${pointer}/parameters/${index}`);
      }
    }
  },
};
