import type { Rule } from "../rule.ts";
import { SpecStop } from "../spec-stop.ts";
import { visitReferences } from "../visit-references.ts";

/** References into the shared file are wrong in the current generation and needless here: the schema moves in. */
export const commonReference: Rule = {
  name: "common-reference",
  repairs: "reference to the shared file, copied into the document",
  apply({ file, document, common, repaired }) {
    visitReferences(document, (holder, pointer) => {
      const [source, name] = holder.$ref.split("#/components/schemas/");
      if (!source || name === undefined) return;
      const schema = source.endsWith("common/common-schemas.json") ? common[name] : undefined;
      if (schema === undefined) throw new SpecStop(file, pointer, `no rule for the reference ${holder.$ref}`);
      const local = document.components.schemas[name];
      // A schema of the same name in this document is another one: the shared one steps aside.
      const target = local === undefined || JSON.stringify(local) === JSON.stringify(schema) ? name : `Common${name}`;
      document.components.schemas[target] ??= structuredClone(schema);
      holder.$ref = `#/components/schemas/${target}`;
      repaired(pointer);
    });
  },
};
