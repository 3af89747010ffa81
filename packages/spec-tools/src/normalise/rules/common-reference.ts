import type { Rule, RuleContext } from "../rule.ts";
import type { SourceSchema } from "../source-document.ts";
import { SpecStop } from "../spec-stop.ts";
import { visitReferences } from "../visit-references.ts";

/** References into the shared file are wrong in v3 and needless here: the schema moves in, with those that it refers to. */
export const commonReference: Rule = {
  name: "common-reference",
  repairs: "reference to the shared file, copied into the document",
  apply({ file, document, common, repaired }) {
    const { schemas } = document.components;
    const moved = new Map<string, string>();
    const moveIn = (name: string, pointer: string, ref: string): string => {
      const known = moved.get(name);
      if (known !== undefined) return known;
      const schema = Object.hasOwn(common, name) ? common[name] : undefined;
      if (schema === undefined) throw new SpecStop(file, pointer, `${JSON.stringify(ref)} names no schema of the shared file`);
      const target = freeName(name, schema, schemas);
      moved.set(name, target);
      const copy = structuredClone(schema);
      schemas[target] = copy;
      visitReferences(copy, (holder) => {
        holder.$ref = `#/components/schemas/${moveIn(nameIn(holder.$ref, file, pointer), pointer, holder.$ref)}`;
      });
      return target;
    };
    visitReferences(document, (holder, pointer) => {
      if (holder.$ref.startsWith("#")) return;
      holder.$ref = `#/components/schemas/${moveIn(nameIn(holder.$ref, file, pointer), pointer, holder.$ref)}`;
      repaired(pointer);
    });
  },
};

/** `../common/common-schemas.json#/components/schemas/Name`, or the part behind the hash within the shared file itself. */
const shared = /^(?:(?:\.{1,2}\/)+common\/common-schemas\.json)?#\/components\/schemas\/([^/]+)$/;

function nameIn(ref: string, file: string, pointer: string): string {
  const name = shared.exec(ref)?.[1];
  if (name === undefined) throw new SpecStop(file, pointer, `no rule for the reference ${JSON.stringify(ref)}`);
  return name;
}

/** A schema of the same name in this document is another one: the shared one steps aside. */
function freeName(name: string, schema: SourceSchema, schemas: RuleContext["document"]["components"]["schemas"]): string {
  const isFree = (one: string): boolean => !Object.hasOwn(schemas, one) || JSON.stringify(schemas[one]) === JSON.stringify(schema);
  if (isFree(name)) return name;
  for (let number = 1; ; number += 1) {
    const one = `Common${name}${number === 1 ? "" : number}`;
    if (isFree(one)) return one;
  }
}
