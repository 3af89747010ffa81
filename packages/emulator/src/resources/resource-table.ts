import type { Generation, OperationId } from "../contract/contract-source.ts";
import { evidence, operations, resources } from "../generated/resource-table.ts";

/** What an operation does with records, as `packages/spec-tools/src/resources` derives it. */
export type ResourceRole = "create" | "get" | "list" | "update" | "delete" | "upsert" | "action" | "read" | "save";

/** An operation that the resource store answers. */
export interface ResourceOperation {
  readonly id: OperationId;
  readonly role: ResourceRole;
  readonly resource: string;
  /** Where the id of the record stands. */
  readonly idAt?: { readonly place: "path" | "query" | "body"; readonly name: string };
  /** Path to the record or the records in an answer; `""` for the root, absent where an answer only confirms. */
  readonly itemPath: Readonly<Record<Generation, string | undefined>>;
}

/** Formats of ids: see `IdSource`. */
export type IdStyle = "record" | "object" | "uuid";

/** Every operation that the resource store answers, by id. */
export const resourceOperations: ReadonlyMap<string, ResourceOperation> = new Map(
  operations.split("\n").map((line) => {
    const operation = parseOperation(line);
    return [operation.id, operation] as const;
  }),
);

const styles: ReadonlyMap<string, string> = new Map(resources.split("\n").map((line) => line.split(" ") as [string, string]));

const children: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  [...styles.keys()].filter((resource) => resource.includes("/{}")),
  (resource) => resource.slice(0, resource.lastIndexOf("/{}")),
);

const pathIds: ReadonlyMap<string, readonly ResourceOperation[]> = Map.groupBy(
  [...resourceOperations.values()].filter(({ idAt }) => idAt?.place === "path"),
  ({ resource }) => resource,
);

const named: ReadonlySet<string> = new Set(
  [...resourceOperations.values()].filter(({ idAt }) => idAt !== undefined).map(({ resource }) => resource),
);

/** Operations whose answers are corrected in the contract by what was seen live. */
export const overlayEvidence: ReadonlyMap<string, "recorded" | "reported"> = new Map(
  evidence.split("\n").map((line) => line.split(" ") as [string, "recorded" | "reported"]),
);

/** Format of a resource's ids. */
export function idStyleOf(resource: string): IdStyle {
  return (styles.get(resource) ?? "record") as IdStyle;
}

/** Whether records of this resource are kept. */
export function isResource(resource: string): boolean {
  return styles.has(resource);
}

/** Resources whose records have one of this resource as their parent. */
export function childrenOf(resource: string): readonly string[] {
  return children.get(resource) ?? [];
}

/** Whether an operation names a record of this resource by its id. */
export function isNamed(resource: string): boolean {
  return named.has(resource);
}

/** Names under which the id of a resource's records can stand in an answer: `_id`, `id`, `agentId`. */
export function idNamesOf(resource: string): readonly string[] {
  const own = (pathIds.get(resource) ?? []).map(({ idAt }) => idAt?.name ?? "id");
  const noun = (resource.split("/").at(-1) ?? "").replace(/s$/, "");
  return [...new Set(["_id", "id", ...own.filter((name) => name.endsWith("Id")), `${noun}Id`])];
}

function parseOperation(line: string): ResourceOperation {
  const [id = "", role = "", resource = "", idAt = "", v3 = "-", v2 = v3] = line.split(" ");
  const [place, name = ""] = idAt.split(".");
  return {
    id: id as OperationId,
    role: role as ResourceRole,
    resource,
    ...(idAt !== "" && { idAt: { place: place as "path" | "query" | "body", name } }),
    itemPath: { v3: pathOf(v3), v2: pathOf(v2) },
  };
}

function pathOf(text: string): string | undefined {
  return text === "-" ? undefined : text === "." ? "" : text;
}
