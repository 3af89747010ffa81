import type { Rule } from "../rule.ts";
import { SpecStop } from "../spec-stop.ts";
import { visitReferences } from "../visit-references.ts";

/** A local reference that leads nowhere, though the shared file has a schema of that name. */
export const localReferenceToCommon: Rule = {
  name: "local-reference-to-common",
  repairs: "local reference to a schema that only the shared file has",
  apply({ file, document, common, repaired }) {
    const { schemas } = document.components;
    const own = new Set(Object.keys(schemas));
    const check = (root: unknown, at: string | undefined): void =>
      visitReferences(root, (holder, place) => {
        const pointer = at ?? place;
        if (!holder.$ref.startsWith("#")) return;
        const name = /^#\/components\/schemas\/([^/]+)$/.exec(holder.$ref)?.[1];
        if (name === undefined) throw new SpecStop(file, pointer, `no rule for the reference ${JSON.stringify(holder.$ref)}`);
        if (own.has(name)) return;
        if (!Object.hasOwn(common, name)) {
          throw new SpecStop(file, pointer, `${JSON.stringify(holder.$ref)} leads nowhere, and no rule knows where it should`);
        }
        if (at === undefined) repaired(pointer);
        if (Object.hasOwn(schemas, name)) return;
        schemas[name] = structuredClone(common[name]) as (typeof schemas)[string];
        // What the shared schema refers to stands in the shared file, too.
        check(schemas[name], pointer);
      });
    check(document, undefined);
  },
};
