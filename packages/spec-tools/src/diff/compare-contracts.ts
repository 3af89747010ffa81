import type { OpenApiDocument } from "../generate/document.ts";
import { methods } from "../normalise/source-document.ts";
import { plainRoute, routeKey } from "../normalise/route-key.ts";
import { compareOperations, type OperationSide } from "./compare-operations.ts";
import type { ContractDiff, OperationDiff } from "./contract-change.ts";

export type ContractDocuments = Readonly<Record<"v3" | "v2", ReadonlyMap<string, OpenApiDocument>>>;

interface Placed extends OperationSide {
  readonly key: string;
}

/** Everything that differs between two contracts, operation by operation. */
export function compareContracts(before: ContractDocuments, after: ContractDocuments): ContractDiff {
  const operations = (["v3", "v2"] as const).flatMap((generation) => compareGeneration(generation, before[generation], after[generation]));
  return { operations, breaking: operations.some((one) => one.breaking) };
}

function compareGeneration(
  generation: "v3" | "v2",
  before: ReadonlyMap<string, OpenApiDocument>,
  after: ReadonlyMap<string, OpenApiDocument>,
): OperationDiff[] {
  const old = operationsByRoute(before);
  const now = operationsByRoute(after);
  const renamed = renamedRoutes(
    [...old.keys()].filter((route) => !now.has(route)),
    [...now.keys()].filter((route) => !old.has(route)),
  );
  const diffs: OperationDiff[] = [];
  for (const [route, one] of old) {
    const other = now.get(renamed.get(route) ?? route);
    const id = one.operation.operationId;
    if (other === undefined) {
      diffs.push({ generation, id, key: one.key, status: "removed", changes: [], breaking: true });
      continue;
    }
    const changes = compareOperations(one, other);
    if (renamed.has(route)) {
      const path = { place: "path", kind: "changed" as const, detail: `${one.key} → ${other.key}`, breaking: true };
      diffs.push({
        generation,
        id: other.operation.operationId,
        ...(other.operation.operationId === id ? {} : { formerId: id }),
        key: other.key,
        status: "renamed",
        changes: [path, ...changes],
        breaking: true,
      });
    } else if (changes.length > 0) {
      diffs.push({
        generation,
        id: other.operation.operationId,
        key: other.key,
        status: "changed",
        changes,
        breaking: changes.some((change) => change.breaking),
      });
    }
  }
  const taken = new Set(renamed.values());
  for (const [route, { key, operation }] of now) {
    if (!old.has(route) && !taken.has(route))
      diffs.push({ generation, id: operation.operationId, key, status: "added", changes: [], breaking: false });
  }
  return diffs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function operationsByRoute(documents: ReadonlyMap<string, OpenApiDocument>): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>();
  for (const [service, document] of documents) {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of methods) {
        const operation = item[method];
        const key = `${method.toUpperCase()} ${path}`;
        if (operation !== undefined) found.set(routeKey(key), { service, document, operation, key });
      }
    }
  }
  return found;
}

/** Paths that only changed their style. */
function renamedRoutes(gone: readonly string[], fresh: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    gone.flatMap((route) => {
      const twin = fresh.find((other) => plainRoute(other) === plainRoute(route));
      return twin === undefined ? [] : [[route, twin] as const];
    }),
  );
}
