import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";

/** `oneOf`/`anyOf` beside a parameter's schema belong into it. */
export const parameterCombinator: Rule = {
  name: "parameter-combinator",
  repairs: "`anyOf`/`oneOf` on a parameter instead of in its schema, moved",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const [index, parameter] of (operation.parameters ?? []).entries()) {
        const alternatives = parameter.anyOf ?? parameter.oneOf;
        if (alternatives === undefined) continue;
        parameter.schema = { anyOf: alternatives };
        delete parameter.anyOf;
        delete parameter.oneOf;
        repaired(`${pointer}/parameters/${index}`);
      }
    }
  },
};
