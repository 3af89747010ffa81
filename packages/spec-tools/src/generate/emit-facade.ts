import type { Operation } from "@ghlkit/contract";
import { docComment } from "./text/doc-comment.ts";
import type { OperationTypes } from "./type-document.ts";

/** How a client is bound; `root` is not. */
export type Binding = "root" | "location" | "company";

/** Modules that the interfaces import from. */
export interface FacadeModules {
  readonly types: string;
  readonly calls: string;
}

/** Writes the interfaces of one service: for the root client and for both bound ones. */
export function emitFacade(service: string, operations: readonly OperationTypes[], modules: FacadeModules): string {
  const interfaces = (["root", "location", "company"] as const).flatMap((binding) => emitInterface(service, operations, binding));
  const text = interfaces.join("\n");
  const used = ["Call", "CallOptions", "ListCall", "ListOptions", "NoInput"].filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  return [
    `import type { components } from "${modules.types}";`,
    `import type { ${used.join(", ")} } from "${modules.calls}";`,
    "",
    'type S = components["schemas"];',
    "",
    text,
  ].join("\n");
}

/** Name of the interface of a service; `undefined` where no operation of it may be called with that binding. */
export function interfaceName(service: string, operations: readonly OperationTypes[], binding: Binding): string | undefined {
  if (!operations.some(({ row }) => isCallable(row, binding))) return undefined;
  const name = service.charAt(0).toUpperCase() + service.slice(1);
  return binding === "root" ? name : `${binding === "location" ? "Location" : "Company"}${name}`;
}

function emitInterface(service: string, operations: readonly OperationTypes[], binding: Binding): readonly string[] {
  const name = interfaceName(service, operations, binding);
  if (name === undefined) return [];
  const methods = operations.filter(({ row }) => isCallable(row, binding)).flatMap((one) => emitMethod(one, binding));
  return [`export interface ${name} {`, ...methods, "}", ""];
}

/** Where nothing is stated of tokens, both bindings may try. */
export function isCallable({ tokens }: Operation, binding: Binding): boolean {
  if (binding === "root" || tokens.length === 0) return true;
  return tokens.some((kind) => kind.startsWith(binding === "location" ? "location" : "agency"));
}

function emitMethod(operation: OperationTypes, binding: Binding): readonly string[] {
  const { row, source, name } = operation;
  const scopes = row.scopes === null ? "scope not stated" : row.scopes.join(", ");
  const link = source.externalDocs === undefined ? "" : ` · [vendor's page](${source.externalDocs.url})`;
  const summary = `\`${row.method} ${row.path}\` · ${scopes}${link}`;
  const replaced = row.successor === null ? "by the platform" : `use ${row.successor}`;
  const options = row.pagination === null ? "CallOptions" : "ListOptions";
  return [
    ...docComment(row.deprecated ? [summary, `@deprecated ${replaced}`] : [summary]),
    `  ${propertyKey(name)}(${emitInput(operation, binding)}, options?: ${options}): ${emitCall(operation)};`,
  ];
}

function emitInput({ input, tenants }: OperationTypes, binding: Binding): string {
  if (input === undefined) return "input?: NoInput";
  const missing = tenants.filter(({ name }) => !fills(binding, name));
  const outside = missing.filter((one) => !one.inBody).map(emitTenant);
  const inside = missing.filter((one) => one.inBody).map(emitTenant);
  if (inside.length > 0) outside.push(`body: { ${inside.join("; ")} }`);
  const base = `S["${input.component}"]`;
  const type = outside.length === 0 ? base : `${base} & { ${outside.join("; ")} }`;
  return `input${input.required || outside.length > 0 ? "" : "?"}: ${type}`;
}

function emitTenant({ name, literal }: OperationTypes["tenants"][number]): string {
  return `${name}: ${literal === undefined ? "string" : JSON.stringify(literal)}`;
}

function fills(binding: Binding, name: string): boolean {
  if (binding === "root") return false;
  return (binding === "company") === (name === "companyId");
}

function emitCall({ row, output, item }: OperationTypes): string {
  const data = emitOutput(output);
  if (row.pagination === null) return `Call<${data}>`;
  return `ListCall<${data}, ${item === undefined ? "unknown" : `S["${item}"]`}>`;
}

/** TypeScript of an answer, where `S` names the schemas of its service. */
export function emitOutput(output: OperationTypes["output"]): string {
  return "component" in output ? `S["${output.component}"]` : output.type;
}

function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
