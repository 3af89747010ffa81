import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";
import { SpecStop } from "../spec-stop.ts";

/** Every placeholder of the path is a parameter, even where the vendor's document forgot it. */
export const pathParameterAdded: Rule = {
  name: "path-parameter-added",
  repairs: "placeholder in the path that no parameter declares, added as a string",
  apply({ file, document, repaired }) {
    for (const { path, operation, pointer } of operationsOf(document)) {
      const placeholders = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] as string);
      const declared = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
      const stray = declared.find((name) => !placeholders.includes(name));
      if (stray !== undefined) throw new SpecStop(file, `${pointer}/parameters`, `path parameter "${stray}" is not in the path`);
      const missing = placeholders.filter((name) => !declared.includes(name));
      operation.parameters = [
        ...missing.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
        ...(operation.parameters ?? []),
      ];
      for (const name of missing) repaired(pointer, name);
    }
  },
};

/** A path parameter cannot be optional. */
export const pathParameterRequired: Rule = {
  name: "path-parameter-required",
  repairs: "path parameter marked optional, made required",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const [index, parameter] of (operation.parameters ?? []).entries()) {
        if (parameter.in !== "path" || parameter.required === true) continue;
        parameter.required = true;
        repaired(`${pointer}/parameters/${index}`, parameter.name);
      }
    }
  },
};
