import { groupBy } from "../group-by.ts";
import type { Rule } from "../rule.ts";
import type { SourcePathItem } from "../source-document.ts";
import { pointerStep, SpecStop } from "../spec-stop.ts";

/** Two path templates that differ only in the name of a parameter are one path: the name is not on the wire. */
export const templateTwins: Rule = {
  name: "template-twins",
  repairs: "path templates equal but for a parameter name, merged under one name",
  apply({ file, document, repaired }) {
    const groups = groupBy(Object.keys(document.paths), (path) => path.replace(/\{[^}]*\}/g, "{}"));
    const twins = new Map(
      [...groups.values()].filter((group) => group.length > 1).flatMap((group) => group.map((path) => [path, mergedTemplate(group)])),
    );
    if (twins.size === 0) return;
    const paths: Record<string, SourcePathItem> = {};
    for (const [path, item] of Object.entries(document.paths)) {
      const target = twins.get(path) ?? path;
      if (target !== path) {
        renameParameters(path, target, item);
        repaired(`/paths${pointerStep(path)}`, target);
      }
      for (const method of Object.keys(item)) {
        if (paths[target]?.[method as keyof SourcePathItem])
          throw new SpecStop(file, `/paths${pointerStep(path)}/${method}`, "stands twice in twin templates");
      }
      paths[target] = { ...paths[target], ...item };
    }
    document.paths = paths;
  },
};

/** Name of each parameter: the specific one beside a plain `id`, `id` where two specific names disagree. */
function mergedTemplate(group: readonly string[]): string {
  const names = group.map((path) => [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] as string));
  const merged = (names[0] ?? []).map((_, index) => {
    const specific = [...new Set(names.map((one) => one[index] as string))].filter((name) => name !== "id");
    return specific.length === 1 ? (specific[0] as string) : "id";
  });
  let index = 0;
  return (group[0] as string).replace(/\{[^}]*\}/g, () => `{${merged[index++]}}`);
}

function renameParameters(from: string, to: string, item: SourcePathItem): void {
  const targets = [...to.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] as string);
  [...from.matchAll(/\{([^}]*)\}/g)].forEach((match, index) => {
    for (const operation of Object.values(item)) {
      for (const parameter of operation.parameters ?? []) {
        if (parameter.in === "path" && parameter.name === match[1]) parameter.name = targets[index] as string;
      }
    }
  });
}
