import type { HttpMethod } from "@ghlkit/contract";
import { emitOutput } from "./emit-facade.ts";
import type { OperationTypes } from "./type-document.ts";

const methods: readonly HttpMethod[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Writes the flat route maps of one service: method → path → arguments and answer. */
export function emitRoutes(operations: readonly OperationTypes[], typesModule: string): string {
  const maps = methods.flatMap((method) => {
    const own = operations.filter(({ row }) => row.method === method);
    return own.length === 0 ? [] : [`export interface ${method}Routes {`, ...own.map(emitRoute), "}", ""];
  });
  return [`import type { components } from "${typesModule}";`, "", 'type S = components["schemas"];', "", ...maps].join("\n");
}

/** Methods that a service has routes for. */
export function routeMethods(operations: readonly OperationTypes[]): readonly HttpMethod[] {
  return methods.filter((method) => operations.some(({ row }) => row.method === method));
}

function emitRoute(operation: OperationTypes): string {
  const init = emitInit(operation);
  const optional = init.required ? "" : "?";
  return `  ${JSON.stringify(operation.row.path)}: { args: [init${optional}: ${init.type}]; data: ${emitOutput(operation.output)} };`;
}

function emitInit({ path, query, body, tenants }: OperationTypes): { readonly type: string; readonly required: boolean } {
  const fields: string[] = [];
  const params = [
    ...(path === undefined ? [] : [`path: S["${path}"]`]),
    ...(query === undefined ? [] : [`query${query.required ? "" : "?"}: S["${query.component}"]`]),
  ];
  const paramsRequired = path !== undefined || query?.required === true;
  if (params.length > 0) fields.push(`params${paramsRequired ? "" : "?"}: { ${params.join("; ")} }`);
  if (body !== undefined) {
    const missing = tenants.filter((one) => one.inBody).map(({ name, literal }) => `${name}: ${literal === undefined ? "string" : JSON.stringify(literal)}`);
    const type = `S["${body.component}"]${missing.length === 0 ? "" : ` & { ${missing.join("; ")} }`}`;
    fields.push(`body${body.required ? "" : "?"}: ${type}`);
  }
  return { type: fields.length === 0 ? "Record<never, never>" : `{ ${fields.join("; ")} }`, required: paramsRequired || body?.required === true };
}
