import type { HttpMethod } from "@ghlkit/contract";
import { routeMethods } from "./emit-routes.ts";
import type { OperationTypes } from "./type-document.ts";

/** Writes the route maps of all services, one per method. */
export function emitRouteIndex(modules: readonly { readonly module: string; readonly operations: readonly OperationTypes[] }[]): string {
  const imports: string[] = [];
  const extended = new Map<HttpMethod, number[]>();
  modules.forEach(({ module, operations }, index) => {
    const methods = routeMethods(operations);
    const names = methods.flatMap((method) => [`${method}Init as ${method}Init${index}`, `${method}Data as ${method}Data${index}`]);
    imports.push(`import type { ${names.join(", ")} } from "${module}";`);
    for (const method of methods) extended.set(method, [...(extended.get(method) ?? []), index]);
  });
  const interfaces = [...extended]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([method, own]) =>
      ["Init", "Data"].map(
        (kind) => `export interface ${method}${kind} extends ${own.map((index) => `${method}${kind}${index}`).join(", ")} {}`,
      ),
    );
  return [...imports, "", ...interfaces, ""].join("\n");
}
