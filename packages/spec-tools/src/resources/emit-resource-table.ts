import { bodyContent, resolve, successAnswer } from "../generate/document.ts";
import type { RoleSource } from "./derive-roles.ts";
import { listPath, recordPath } from "./item-path.ts";
import type { ResourceRole } from "./resource-role.ts";

/** How well an answer is known that was seen live. */
export type LiveConfidence = "recorded" | "reported";

/** One generation's operations by id. */
export type Sources = ReadonlyMap<string, RoleSource>;

const noWords: ReadonlySet<string> = new Set(["locationId", "companyId", "altId", "altType", "userId", "success", "status", "message"]);

/** Writes the table of the emulator: one line per operation that the resource store answers, and one per resource. */
export function emitResourceTable(
  roles: ReadonlyMap<string, ResourceRole>,
  v3: Sources,
  v2: Sources,
  evidence: ReadonlyMap<string, LiveConfidence>,
): string {
  const words = wordsOf(roles, [v3, v2]);
  const operations = [...roles]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, role]) => {
      const current = pathText(v3.get(id), role, words);
      const older = pathText(v2.get(id), role, words);
      const paths = current === undefined || older === undefined || current === older ? [current ?? older ?? "-"] : [current, older];
      return [id, role.role, role.resource, role.id ?? "", ...paths].join(" ");
    });
  return [
    "/** Operation, role, resource, where its id stands, and where its records stand in an answer: of v3, then of v2 where it differs. `.` is the root, `-` nowhere. */",
    "export const operations: string =",
    `  ${JSON.stringify(operations.join("\n"))};`,
    "",
    "/** Resource and format of its ids. */",
    "export const resources: string =",
    `  ${JSON.stringify(resourceLines(roles, v3, v2, words).join("\n"))};`,
    "",
    "/** Operations whose answers are corrected by what was seen live: `recorded` or `reported`. */",
    "export const evidence: string =",
    `  ${JSON.stringify(
      [...evidence]
        .map((line) => line.join(" "))
        .toSorted()
        .join("\n"),
    )};`,
    "",
  ].join("\n");
}

/** Resource → the names that its requests carry. */
function wordsOf(roles: ReadonlyMap<string, ResourceRole>, generations: readonly Sources[]): ReadonlyMap<string, ReadonlySet<string>> {
  const words = new Map<string, Set<string>>();
  for (const [id, { role, resource }] of roles) {
    const own = words.get(resource) ?? new Set();
    words.set(resource, own);
    if (role !== "create" && role !== "update" && role !== "upsert" && role !== "save") continue;
    for (const sources of generations) {
      const source = sources.get(id);
      const body = source && bodyContent(source.source);
      if (source === undefined || body === undefined) continue;
      const schema = resolve(source.document, body.schema);
      const item = schema.items === undefined ? schema : resolve(source.document, schema.items);
      for (const name of Object.keys(item.properties ?? {})) if (!noWords.has(name)) own.add(name);
    }
  }
  return words;
}

function pathText(
  source: RoleSource | undefined,
  { role, resource }: ResourceRole,
  words: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const answer = source && successAnswer(source.source);
  if (source === undefined) return undefined;
  if (answer?.schema === undefined) return "-";
  const path =
    role === "list"
      ? (source.row.pagination?.items ?? listPath(source.document, answer.schema))
      : recordPath(source.document, answer.schema, words.get(resource) ?? new Set());
  // A read shows the record, wherever it stands: where no name gives it away, it is the answer itself.
  if (path === undefined) return role === "get" || role === "read" ? "." : "-";
  return path === "" ? "." : path;
}

function resourceLines(
  roles: ReadonlyMap<string, ResourceRole>,
  v3: Sources,
  v2: Sources,
  words: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const styles = new Map<string, string>();
  for (const [id, role] of roles) {
    const source = v3.get(id) ?? v2.get(id);
    const style = source && idStyle(source, role, words);
    if (style !== undefined || !styles.has(role.resource)) styles.set(role.resource, style ?? styles.get(role.resource) ?? "record");
  }
  return [...styles].toSorted(([a], [b]) => (a < b ? -1 : 1)).map((line) => line.join(" "));
}

/** `object` where the record shows `_id`, `record` where it shows `id`. */
function idStyle(source: RoleSource, role: ResourceRole, words: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const schema = successAnswer(source.source)?.schema;
  const path = pathText(source, role, words);
  if (schema === undefined || path === undefined || path === "-") return undefined;
  let node = resolve(source.document, schema);
  for (const name of path === "." ? [] : path.split(".")) node = resolve(source.document, node.properties?.[name] ?? {});
  if (node.items !== undefined) node = resolve(source.document, node.items);
  const names = Object.keys(node.properties ?? {});
  return names.includes("_id") ? "object" : names.includes("id") ? "record" : undefined;
}
