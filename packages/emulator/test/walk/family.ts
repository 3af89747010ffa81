import { idNamesOf, isResource, resourceOperations, type ResourceOperation } from "../../src/resources/resource-table.ts";
import type { RequestParts } from "../sample-request.ts";
import { contradictions } from "./echo.ts";
import { familySetup, paging, type FamilySetup, type Refs } from "./family-setup.ts";
import { at, operationsOf, type Walked, type Walker } from "./walker.ts";

/** Every resource of which the walker's generation has an operation, parents before children. */
export function resourcesOf(walker: Walker): readonly string[] {
  const own = [...resourceOperations.values()].filter(({ id }) => walker.has(id)).map(({ resource }) => resource);
  return [...new Set(own)].toSorted((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
}

type Known = Readonly<Record<string, string>>;

/** Walks a resource from its creation to its end. */
export async function walkFamily(resource: string, walker: Walker, refs: Refs): Promise<void> {
  const setup = await familySetup(resource, walker, refs);
  const operations = operationsOf(resource, walker);
  const known: Known = {
    ...(await parentIds(resource, Object.values(operations).flat(), walker)),
    contactId: refs.contactId,
    ...setup.known,
  };
  for (const create of operations.create) await walkRecord(create, walker, known, setup);
  if (operations.create.length === 0) await walkSeeded(resource, walker, known, setup);
  for (const save of operations.save) await walker.step(save.id, { known });
  for (const read of operations.read) await walker.step(read.id, { known });
}

let creates = 0;

async function make(
  create: ResourceOperation,
  walker: Walker,
  known: Known,
  setup: FamilySetup,
): Promise<{ readonly id: string; readonly sent: unknown }> {
  creates += 1;
  const made = await walker.step(create.id, { known, body: setup.create?.(creates) ?? {} });
  const path = create.itemPath[walker.generation];
  const shown = at(made.body, path ?? "");
  const id = idIn(Array.isArray(shown) ? shown[0] : shown, create.resource) ?? made.body?.redirect ?? made.body?.fileId;
  if (id === undefined) walker.findings.push(`${create.id}: shows no id`);
  return { id: String(id), sent: Array.isArray(made.sent) ? made.sent[0] : made.sent };
}

async function walkRecord(create: ResourceOperation, walker: Walker, known: Known, setup: FamilySetup): Promise<void> {
  const { resource } = create;
  const operations = operationsOf(resource, walker);
  const { id, sent } = await make(create, walker, known, setup);
  for (const get of operations.get) {
    const got = await walker.step(get.id, partsFor(get, id, known));
    compare(get, got, sent, setup, walker);
    await refusals(get, id, walker, known, setup);
  }
  for (const list of operations.list) await listed(list, id, walker, known, setup, create);
  for (const update of operations.update) {
    const changed = await walker.step(update.id, { ...partsFor(update, id, known, setup.update), seed: "changed" });
    for (const get of operations.get) compare(get, await walker.step(get.id, partsFor(get, id, known)), changed.sent, setup, walker);
    await refusals(update, id, walker, known, setup, setup.update);
  }
  for (const action of operations.action) {
    const fresh = await make(create, walker, known, setup);
    await walker.step(action.id, partsFor(action, fresh.id, known));
    await refusals(action, fresh.id, walker, known, setup);
  }
  for (const remove of operations.delete) {
    const fresh = await make(create, walker, known, setup);
    await refusals(remove, fresh.id, walker, known, setup, undefined, setup.delete);
    await walker.step(remove.id, { ...partsFor(remove, fresh.id, known), ...setup.delete });
    for (const get of operations.get) await walker.refused(get.id, setup.unknown ?? 404, partsFor(get, fresh.id, known));
    for (const list of operations.list) await listed(list, fresh.id, walker, known, setup, create, false);
  }
}

/** Resources that the API cannot create are seeded: their lists are not empty, and what they list can be read. */
async function walkSeeded(resource: string, walker: Walker, known: Known, setup: FamilySetup): Promise<void> {
  const operations = operationsOf(resource, walker);
  let id: string | undefined;
  for (const list of operations.list) {
    const { body } = await walker.step(list.id, listParts(list, walker, known, setup));
    const records = recordsIn(body, list, walker);
    id ??= idIn(records[0], resource);
    if (records.length === 0 && list.id !== "payments.listOrderNotes") walker.findings.push(`${list.id}: nothing is seeded`);
  }
  if (id === undefined) return;
  for (const operation of [...operations.get, ...operations.update, ...operations.action, ...operations.delete]) {
    await refusals(operation, id, walker, known, setup);
    await walker.step(operation.id, partsFor(operation, id, known));
  }
}

async function listed(
  list: ResourceOperation,
  id: string,
  walker: Walker,
  known: Known,
  setup: FamilySetup,
  create: ResourceOperation,
  isThere = true,
): Promise<void> {
  const parts = listParts(list, walker, known, setup);
  const typed =
    list.id === "medias.listFiles" ? { query: { ...parts.query, type: create.id === "medias.createFolder" ? "folder" : "file" } } : {};
  const { body, headers } = await walker.step(list.id, { ...parts, ...typed });
  const found = recordsIn(body, list, walker).some((record) => idIn(record, list.resource) === id);
  if (found !== isThere) walker.findings.push(`${list.id}: ${isThere ? "does not list" : "still lists"} a record of ${create.id}`);
  const ignored = headers.get("x-emulator-ignored");
  if (ignored !== null) walker.ignored.add(`${list.id}: ${ignored}`);
}

function listParts(list: ResourceOperation, walker: Walker, known: Known, setup: FamilySetup): RequestParts {
  const page = paging(walker, list.id);
  return {
    known,
    ...page,
    ...setup.list,
    ...((page.query ?? setup.list?.query) !== undefined && { query: { ...page.query, ...setup.list?.query } }),
    ...((page.body ?? setup.list?.body) !== undefined && { body: { ...page.body, ...setup.list?.body } }),
  };
}

/** An id that does not exist, and another location's token. */
async function refusals(
  operation: ResourceOperation,
  id: string,
  walker: Walker,
  known: Known,
  setup: FamilySetup,
  body?: Readonly<Record<string, unknown>>,
  parts?: RequestParts,
): Promise<void> {
  const unknown = id.length === 24 ? "f".repeat(24) : "unknown0000000000000";
  await walker.refused(operation.id, setup.unknown ?? 404, { ...partsFor(operation, unknown, known, body), ...parts });
  const { seed } = walker.emulator;
  const tokens = walker.operation(operation.id)?.tokens ?? [];
  if (!tokens.includes("location") || operation.id === "chatWidgets.getPublicConfig") return;
  const foreign = { locationId: seed.secondLocationId, altId: seed.secondLocationId };
  const own = partsFor(operation, id, { ...known, ...foreign }, body);
  await walker.refused(operation.id, 403, { ...own, ...parts, token: seed.tokens.secondLocation });
}

function partsFor(operation: ResourceOperation, id: string, known: Known, body?: Readonly<Record<string, unknown>>): RequestParts {
  const { idAt } = operation;
  const named = idAt === undefined ? {} : { [idAt.name]: id };
  return {
    known: { ...known, ...(idAt?.place === "path" && named) },
    ...(idAt?.place === "query" && { query: named }),
    body: { ...body, ...(idAt?.place === "body" && named) },
  };
}

function compare(get: ResourceOperation, got: Walked, sent: unknown, setup: FamilySetup, walker: Walker): void {
  const shown = at(got.body, get.itemPath[walker.generation] ?? "");
  const ids = new Set(["id", "_id", ...idNamesOf(get.resource)]);
  const compared = Object.fromEntries(
    Object.entries((sent ?? {}) as object).filter(([name]) => !ids.has(name) && setup.differs?.[name] === undefined),
  );
  walker.findings.push(...contradictions(compared, shown).map((finding) => `${get.id}: ${finding}`));
}

/** Ids of the parents that the paths name, under the names of their parameters. */
async function parentIds(resource: string, operations: readonly ResourceOperation[], walker: Walker): Promise<Known> {
  const parent = resource.slice(0, resource.lastIndexOf("/{}"));
  if (!resource.includes("/{}") || !isResource(parent)) return {};
  const [list] = operationsOf(parent, walker).list;
  if (list === undefined) return {};
  const { body } = await walker.step(list.id, paging(walker, list.id));
  const id = idIn(recordsIn(body, list, walker)[0], parent) ?? "missing";
  const names = operations.flatMap(
    (operation) => (walker.operation(operation.id)?.path ?? "").match(/\{\w+\}/g)?.map((name) => name.slice(1, -1)) ?? [],
  );
  return Object.fromEntries(names.filter((name) => name !== "locationId" && name !== "companyId").map((name) => [name, id]));
}

function recordsIn(body: unknown, list: ResourceOperation, walker: Walker): readonly unknown[] {
  const own = at(body, list.itemPath[walker.generation] ?? "");
  if (Array.isArray(own)) return own;
  const lists = Object.values((own ?? {}) as object).filter(Array.isArray);
  return (lists[0] as readonly unknown[] | undefined) ?? [];
}

function idIn(record: unknown, resource: string): string | undefined {
  const fields = (record ?? {}) as Record<string, unknown>;
  const name = [...idNamesOf(resource), "phoneNumber"].find((one) => fields[one] !== undefined);
  return name === undefined ? undefined : String(fields[name]);
}
