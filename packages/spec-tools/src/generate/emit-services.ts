import { interfaceName, type Binding } from "./emit-facade.ts";
import type { OperationTypes } from "./type-document.ts";

/** Facade interfaces of one service that stand in one module. */
export interface ServiceModule {
  readonly service: string;
  readonly module: string;
  readonly operations: readonly OperationTypes[];
}

const bindings: readonly (readonly [Binding, string, string])[] = [
  ["root", "Services", "Every service, for the client itself."],
  ["location", "LocationServices", "What a location token may call; the location is filled in."],
  ["company", "CompanyServices", "What an agency token may call; the company is filled in."],
];

/** Writes the interfaces that list every service: for the root client and for both bound ones. */
export function emitServices(modules: readonly ServiceModule[]): string {
  const imports = modules.map(({ service, module, operations }, index) => {
    const names = bindings.flatMap(([binding]) => interfaceName(service, operations, binding) ?? []);
    return `import type { ${names.map((name) => `${name} as ${alias(name, index)}`).join(", ")} } from "${module}";`;
  });
  const interfaces = bindings.flatMap(([binding, name, text]) => {
    const types = new Map<string, string[]>();
    modules.forEach(({ service, operations }, index) => {
      const own = interfaceName(service, operations, binding);
      if (own !== undefined) types.set(service, [...(types.get(service) ?? []), alias(own, index)]);
    });
    const sorted = [...types].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return [
      `/** ${text} */`,
      `export interface ${name} {`,
      ...sorted.map(([service, own]) => `  readonly ${service}: ${own.join(" & ")};`),
      "}",
      "",
    ];
  });
  return [...imports, "", ...interfaces].join("\n");
}

/** Two modules may hold interfaces of one service. */
function alias(name: string, index: number): string {
  return `${name}${index}`;
}
