import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";

/** OpenAPI ignores an `Authorization` parameter; `security` says what it means. */
export const authorizationHeader: Rule = {
  name: "authorization-header",
  repairs: "`Authorization` declared as a parameter, dropped",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      const kept = operation.parameters?.filter((one) => !(one.in === "header" && one.name.toLowerCase() === "authorization")) ?? [];
      if (kept.length === (operation.parameters?.length ?? 0)) continue;
      operation.parameters = kept;
      repaired(pointer);
    }
  },
};
