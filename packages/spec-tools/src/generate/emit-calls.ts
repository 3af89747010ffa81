import type { OpenApiDocument } from "./document.ts";
import { sampleArguments } from "./sample-call.ts";
import type { OperationTypes } from "./type-document.ts";

/** Writes one typed facade call per operation of a service: type-checked, and sent to the emulator by a test. */
export function emitCalls(
  clientType: string,
  clientModule: string,
  services: readonly { readonly document: OpenApiDocument; readonly operations: readonly OperationTypes[] }[],
): string {
  const calls = services.flatMap(({ document, operations }) =>
    operations.map(
      (operation) =>
        `  ${JSON.stringify(operation.row.id)}: (client) => client.${operation.row.id}(${sampleArguments(document, operation, { optional: true })}),`,
    ),
  );
  return [
    `import type { ${clientType} } from "${clientModule}";`,
    "",
    `export const calls: Readonly<Record<string, (client: ${clientType}) => Promise<unknown>>> = {`,
    ...calls,
    "};",
    "",
  ].join("\n");
}
