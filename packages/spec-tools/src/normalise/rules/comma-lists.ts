import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";

/** Lists in a query repeat their key, unless the vendor's text says comma. */
export const commaList: Rule = {
  name: "comma-list",
  repairs: "query list that wants commas, given `explode: false`",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const [index, parameter] of (operation.parameters ?? []).entries()) {
        if (parameter.in !== "query" || parameter.schema.type !== "array") continue;
        if (parameter.explode !== false && !/comma/i.test(parameter.description ?? "")) continue;
        parameter.style = "form";
        parameter.explode = false;
        repaired(`${pointer}/parameters/${index}`, parameter.name);
      }
    }
  },
};

/** One of a few words, but several may be sent with commas: a list of that enum. */
export const commaEnum: Rule = {
  name: "comma-enum",
  repairs: "query enum that takes several values with commas, turned into a list",
  apply({ document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      for (const [index, parameter] of (operation.parameters ?? []).entries()) {
        const { schema } = parameter;
        if (parameter.in !== "query" || schema.type !== "string" || schema.enum === undefined) continue;
        const values = String(schema.example ?? "").split(",");
        const several = values.length > 1 && values.every((value) => schema.enum?.includes(value.trim()));
        if (!several && !/comma/i.test(parameter.description ?? "")) continue;
        parameter.schema = { type: "array", items: { type: "string", enum: schema.enum } };
        parameter.style = "form";
        parameter.explode = false;
        repaired(`${pointer}/parameters/${index}`, parameter.name);
      }
    }
  },
};
