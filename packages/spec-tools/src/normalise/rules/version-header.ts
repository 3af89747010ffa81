import { operationsOf } from "../operations-of.ts";
import type { Rule } from "../rule.ts";
import { SpecStop } from "../spec-stop.ts";

/** The `Version` header is a constant of the operation, not an input of its caller. */
export const versionHeader: Rule = {
  name: "version-header",
  repairs: "`Version` header parameter, turned into `x-version`",
  apply({ file, document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      const header = operation.parameters?.find((one) => one.in === "header" && one.name.toLowerCase() === "version");
      if (header === undefined) continue;
      const [value, ...more] = header.schema.enum ?? [];
      if (typeof value !== "string" || more.length > 0)
        throw new SpecStop(file, `${pointer}/parameters`, "a Version header that does not name one value");
      if (!/^(v\d+|\d{4}-\d{2}-\d{2})$/.test(value))
        throw new SpecStop(file, `${pointer}/parameters`, `${JSON.stringify(value)} is not a version`);
      operation["x-version"] = value;
      operation.parameters = operation.parameters?.filter((one) => one !== header) ?? [];
      repaired(pointer, value);
    }
  },
};
