import type { HttpMethod } from "@ghlkit/contract";
import { routeMethods } from "./emit-routes.ts";
import type { OperationTypes } from "./type-document.ts";

/** Writes the route maps of all services, one per method. */
export function emitRouteIndex(modules: readonly { readonly module: string; readonly operations: readonly OperationTypes[] }[]): string {
  const imports: string[] = [];
  const extended = new Map<HttpMethod, string[]>();
  modules.forEach(({ module, operations }, index) => {
    const methods = routeMethods(operations);
    imports.push(`import type { ${methods.map((method) => `${method}Routes as ${method}${index}`).join(", ")} } from "${module}";`);
    for (const method of methods) extended.set(method, [...(extended.get(method) ?? []), `${method}${index}`]);
  });
  const interfaces = [...extended].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([method, names]) => `export interface ${method}Routes extends ${names.join(", ")} {}`);
  return [...imports, "", ...interfaces, ""].join("\n");
}
