import type { Rule } from "../rule.ts";
import { SpecStop } from "../spec-stop.ts";
import { visitReferences } from "../visit-references.ts";

/** A local reference that leads nowhere, though the shared file has a schema of that name. */
export const localReferenceToCommon: Rule = {
  name: "local-reference-to-common",
  repairs: "local reference to a schema that only the shared file has",
  apply({ file, document, common, repaired }) {
    const own = new Set(Object.keys(document.components.schemas));
    visitReferences(document, (holder, pointer) => {
      if (!holder.$ref.startsWith("#")) return;
      const name = /^#\/components\/schemas\/([^/]+)$/.exec(holder.$ref)?.[1];
      if (name === undefined) throw new SpecStop(file, pointer, `no rule for the reference ${holder.$ref}`);
      if (own.has(name)) return;
      const schema = common[name];
      if (schema === undefined) throw new SpecStop(file, pointer, `${holder.$ref} points at nothing, and no rule knows where it should`);
      document.components.schemas[name] ??= structuredClone(schema);
      repaired(pointer);
    });
  },
};
