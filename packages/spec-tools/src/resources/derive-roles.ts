import { resolve, successAnswer, type OpenApiDocument, type Schema } from "../generate/document.ts";
import type { DocumentedOperation } from "../generate/operation-rows.ts";
import { resourcePath, type ResourcePath } from "./resource-path.ts";
import type { ResourceRole } from "./resource-role.ts";

/** An operation and the document it stands in. */
export interface RoleSource extends DocumentedOperation {
  readonly document: OpenApiDocument;
}

/** The methods of every path, by key: what else can be done there decides what an operation is. */
type Methods = ReadonlyMap<string, ReadonlySet<string>>;

/** Stands among the methods of a path whose GET is a list. */
const listMark = "list";

/** Last segments that name a way to list, not a collection of their own. */
const listWords: ReadonlySet<string> = new Set(["list", "search", "all"]);

/** Derives the roles of operations from paths, methods and answers: operation id → role. Operations that fit no rule are left out. */
export function deriveRoles(sources: readonly RoleSource[]): ReadonlyMap<string, ResourceRole> {
  const methods = methodsOf(sources);
  const roles = new Map<string, ResourceRole>();
  for (const source of sources) {
    const role = roleOf(source, resourcePath(source.row.path), methods);
    if (role !== undefined) roles.set(source.row.id, role);
  }
  return roles;
}

function methodsOf(sources: readonly RoleSource[]): Methods {
  const methods = new Map<string, Set<string>>();
  for (const source of sources) {
    const { row } = source;
    const key = keyOf(resourcePath(row.path).segments);
    const own = methods.get(key) ?? new Set();
    methods.set(key, own.add(row.method));
    if (row.method === "GET" && isList(source)) own.add(listMark);
  }
  return methods;
}

function roleOf(source: RoleSource, path: ResourcePath, methods: Methods): ResourceRole | undefined {
  const last = path.segments.at(-1);
  if (last === undefined) return undefined;
  if (last === "{}") return itemRole(source, path);
  const { method } = source.row;
  if (listWords.has(last) && isList(source) && (method === "GET" || method === "POST")) {
    return { role: "list", resource: keyOf(path.segments.slice(0, -1)) };
  }
  const own = keyOf(path.segments);
  const isCollection = methods.has(`${own}/{}`) || methods.get(own)?.has(listMark) === true;
  if (!isCollection && path.segments.includes("{}")) return actionRole(source, path);
  return collectionRole(source, own, isCollection, methods.get(own)?.has("GET") === true);
}

/** `…/{id}` */
function itemRole({ row }: RoleSource, { segments, parameters }: ResourcePath): ResourceRole | undefined {
  const role = ({ GET: "get", PUT: "update", PATCH: "update", DELETE: "delete" } as const)[row.method as "GET"];
  if (role === undefined) return undefined;
  return { role, resource: keyOf(segments.slice(0, -1)), id: `path.${parameters.at(-1) ?? ""}` };
}

/** `…/{id}/pause` */
function actionRole(source: RoleSource, { segments, parameters }: ResourcePath): ResourceRole | undefined {
  if (source.row.method === "GET" && isList(source)) return { role: "list", resource: keyOf(segments) };
  const at = segments.lastIndexOf("{}");
  if (at === 0) return undefined;
  return {
    role: source.row.method === "GET" ? "get" : "action",
    resource: keyOf(segments.slice(0, at)),
    id: `path.${parameters.at(-1) ?? ""}`,
  };
}

/** Everything else: a collection, or the one record of a tenant. */
function collectionRole(source: RoleSource, resource: string, isCollection: boolean, isRead: boolean): ResourceRole | undefined {
  const { method, pagination } = source.row;
  if (method === "GET") return { role: isList(source) ? "list" : "read", resource };
  if (method === "POST") {
    if (pagination !== null) return { role: "list", resource };
    if (isCollection) return { role: "create", resource };
    return isRead ? { role: "save", resource } : undefined;
  }
  if (method === "DELETE") return undefined;
  return { role: isCollection ? "upsert" : "save", resource };
}

/** Whether the answer is a list: it is paged, or its only array of objects stands at the root or one step below. */
function isList({ row, source, document }: RoleSource): boolean {
  if (row.pagination !== null) return true;
  const schema = successAnswer(source)?.schema;
  if (schema === undefined) return false;
  const root = resolve(document, schema);
  if (root.items !== undefined) return true;
  const own = Object.values(root.properties ?? {}).map((property) => resolve(document, property));
  return (
    own.filter((property) => isRecordList(document, property)).length === 1 && own.every((property) => property.properties === undefined)
  );
}

function isRecordList(document: OpenApiDocument, schema: Schema): boolean {
  return schema.items !== undefined && resolve(document, schema.items).properties !== undefined;
}

function keyOf(segments: readonly string[]): string {
  return `/${segments.join("/")}`;
}
