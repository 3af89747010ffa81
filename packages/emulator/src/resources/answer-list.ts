import type { Answer } from "../http/answer.ts";
import type { Call } from "../call/call.ts";
import { resolve, type Schema } from "../contract/open-api.ts";
import { unprocessable } from "../http/refusal.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import { flatSchema } from "./flat-schema.ts";
import { listFrame } from "./frame.ts";
import { listPage } from "./list-page.ts";
import { matchesField, matchesText, momentOf, parameterKind, type ListFacts } from "./list-parameters.ts";
import { answerWith } from "./answer-with.ts";
import { recordsIn, tenantOf } from "./record-store.ts";
import { shownFields } from "./record-view.ts";
import type { ResourceDeclaration } from "./resource.ts";
import { isNamed, type ResourceOperation } from "./resource-table.ts";
import { withIds } from "./with-ids.ts";

/** Answers a list: filtered, searched, sorted and cut to a page. Parameters that mean nothing here are named in a header. */
export function answerList(operation: ResourceOperation, declaration: ResourceDeclaration, call: Call, parents: readonly string[]): Answer {
  const given: Fields = { ...call.query, ...(call.operation.method === "POST" && call.body) };
  const facts = listFacts(operation, declaration, call);
  const unknown: string[] = [];
  const tests: ((record: ResourceRecord, fields: Fields) => boolean)[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === "") continue;
    const test = testOf(name, value, facts, declaration, call);
    if (test === "unknown") unknown.push(name);
    else if (test !== undefined) tests.push(test);
  }
  const all = recordsIn(call.world.state, { resource: operation.resource, tenant: tenantOf(call), parents });
  const found = tests.length === 0 ? all : all.filter((record) => passes(record, tests));
  const page = listPage(sorted(found, given), given, call.operation, declaration.pageSize ?? 20);
  const items = page.records.map((record) => shownFields(record, declaration, call));
  const path = operation.itemPath[call.generation] ?? "";
  const frame = listFrame(call, path, items, page, declaration.listName);
  const shown = answerWith(call, frame);
  const answer = isNamed(operation.resource) ? withIds(shown, path, page.records) : shown;
  return unknown.length === 0 ? answer : { ...answer, headers: { ...answer.headers, "x-emulator-ignored": unknown.join(", ") } };
}

type RecordTest = (record: ResourceRecord, fields: Fields) => boolean;

function passes(record: ResourceRecord, tests: readonly RecordTest[]): boolean {
  const fields = { ...record.fields, createdAt: record.createdAt, updatedAt: record.updatedAt };
  return tests.every((test) => test(record, fields));
}

function testOf(
  name: string,
  value: unknown,
  facts: ListFacts,
  { filters, dateField = "createdAt" }: ResourceDeclaration,
  call: Call,
): RecordTest | "unknown" | undefined {
  switch (parameterKind(name, facts)) {
    case "declared":
      return (_, fields) => filters?.[name]?.(fields, value, call) ?? true;
    case "search": {
      const words = String(value).toLowerCase();
      return (record, fields) => record.recordId.toLowerCase() === words || matchesText(fields, words);
    }
    case "field":
      return (_, fields) => matchesField(fields, name, value);
    case "ids": {
      const wanted = new Set((Array.isArray(value) ? value : String(value).split(",")).map(String));
      return ({ recordId }) => wanted.has(recordId);
    }
    case "from": {
      const from = readMoment(name, value, false);
      return (_, fields) => !(momentOf(fields[dateField], false) < from);
    }
    case "until": {
      const until = readMoment(name, value, true);
      return (_, fields) => !(momentOf(fields[dateField], false) > until);
    }
    case "unknown":
      return "unknown";
    default:
      return undefined;
  }
}

/** @throws Refusal 422 for what is no moment: a filter that is not understood must not give all records. */
function readMoment(name: string, value: unknown, isEnd: boolean): number {
  const moment = momentOf(value, isEnd);
  if (Number.isNaN(moment)) throw unprocessable([`${name} must be a valid ISO 8601 date string`], "inferred");
  return moment;
}

/** What is known of the parameters of a list. */
export function listFacts(
  { resource, itemPath }: Pick<ResourceOperation, "resource" | "itemPath">,
  { filters = {}, withoutEffect = {} }: ResourceDeclaration,
  { operation, generation, success, document }: Pick<Call, "operation" | "generation" | "success" | "document">,
): ListFacts {
  const { pagination } = operation;
  return {
    paging: [...(pagination?.cursor ?? []), ...(pagination?.size === undefined ? [] : [pagination.size])],
    fields: fieldsAt(success.schema, itemPath[generation] ?? "", document),
    declared: new Set(Object.keys(filters)),
    withoutEffect: new Set(Object.keys(withoutEffect)),
    noun: resource.split("/").at(-1) ?? "",
  };
}

/** Names of the fields of a list's items. */
function fieldsAt(schema: Schema | undefined, path: string, document: Call["document"]): ReadonlySet<string> {
  let node = schema && flatSchema(resolve<Schema>(document, schema), document);
  for (const name of path === "" ? [] : path.split(".")) {
    const next = node?.properties?.[name];
    node = next && flatSchema(resolve<Schema>(document, next), document);
  }
  const items = node?.items && flatSchema(resolve<Schema>(document, node.items), document);
  const alternatives = (items?.alternatives ?? []).map((one) => flatSchema(one, document));
  return new Set([items, ...alternatives].flatMap((one) => Object.keys(one?.properties ?? {})));
}

/** By the field that the request names, newest or oldest first; else in order of creation. */
function sorted(found: readonly ResourceRecord[], given: Fields): readonly ResourceRecord[] {
  const by = String(given["sortBy"] ?? given["sortField"] ?? given["sort"] ?? (given["sortByDate"] === undefined ? "" : "createdAt"));
  const order = String(given["sortOrder"] ?? given["order"] ?? given["sortByDate"] ?? "asc").toLowerCase();
  if (by === "" || by === "asc" || by === "desc") return order.startsWith("desc") || by === "desc" ? found.toReversed() : found;
  const sign = order.startsWith("desc") ? -1 : 1;
  const valueOf = (record: ResourceRecord): unknown =>
    record.fields[by] ?? { createdAt: record.createdAt, updatedAt: record.updatedAt }[by];
  return found.toSorted((a, b) => sign * compare(valueOf(a), valueOf(b)));
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a ?? ""), String(b ?? "")];
  return left < right ? -1 : left > right ? 1 : 0;
}
