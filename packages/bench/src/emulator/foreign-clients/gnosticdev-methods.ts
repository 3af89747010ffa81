import { createHighLevelClient } from "@gnosticdev/highlevel-sdk";
import type { Operation } from "../../../../emulator/src/contract/contract-source.ts";
import { shapeOf, type ForeignMethod, type Transport } from "./foreign-method.ts";

type Verb = (path: string, options: object) => Promise<unknown>;

/** `@gnosticdev/highlevel-sdk` has a client of typed paths per service: each operation of v2 in a service that it has is one call. */
export function gnosticdevMethods(operations: readonly Operation[], transport: Transport): readonly ForeignMethod[] {
  const client = createHighLevelClient({ baseUrl: "http://emulator.test", fetch: transport }) as unknown as Readonly<
    Record<string, Readonly<Record<string, Verb>>>
  >;
  return operations.flatMap((operation) => {
    const service = operation.id.split(".")[0] ?? "";
    if (client[service]?.["GET"] === undefined) return [];
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
    return [
      {
        name: `${service}.${operation.method} ${operation.path}`,
        verb: operation.method,
        path: shapeOf(operation.path),
        async invoke({ path, query, body }: Parameters<ForeignMethod["invoke"]>[0], token: string) {
          const params = {
            path: Object.fromEntries(names.map((name, index) => [name, path[index]])),
            query,
            header: { Authorization: `Bearer ${token}`, Version: "2021-07-28" },
          };
          return client[service]?.[operation.method]?.(operation.path, { params, ...(body !== undefined && { body }) });
        },
      },
    ];
  });
}
