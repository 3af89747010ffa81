import type { Answer } from "../http/answer.ts";
import type { Call } from "../call/call.ts";
import type { Handler } from "../call/handler.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import { answerList } from "./answer-list.ts";
import { answerWith } from "./answer-with.ts";
import { confirmationFrame, recordFrame } from "./frame.ts";
import { laidOver, parentFields, recordInput } from "./record-input.ts";
import { addRecord, assertTenant, changeRecord, findRecord, recordsOf, unknownRecord } from "./record-store.ts";
import { shownFields } from "./record-view.ts";
import type { ResourceDeclaration } from "./resource.ts";
import { findByKey, parentsOf, type ParentFacts } from "./resource-parents.ts";
import { isNamed, type ResourceOperation } from "./resource-table.ts";
import { withIds } from "./with-ids.ts";

/** Answers one operation by its role. */
export function resourceHandler(operation: ResourceOperation, declaration: ResourceDeclaration, facts: ParentFacts): Handler {
  const context: RoleContext = { operation, declaration, facts };
  const answer = roles[operation.role];
  return (call) => answer(context, call, parentsOf(operation.resource, call, facts));
}

interface RoleContext {
  readonly operation: ResourceOperation;
  readonly declaration: ResourceDeclaration;
  readonly facts: ParentFacts;
}

type RoleAnswer = (context: RoleContext, call: Call, parents: readonly string[]) => Answer;

const roles: Readonly<Record<ResourceOperation["role"], RoleAnswer>> = {
  list: ({ operation, declaration }, call, parents) => answerList(operation, declaration, call, parents),

  get: (context, call, parents) => show(context, call, named(context, call, parents)),

  create(context, call, parents) {
    if (call.list.length === 0) return show(context, call, create(context, call, parents, call.body));
    const records = call.list.map((body) => create(context, call, parents, body as Fields));
    const items = records.map((record) => shownFields(record, context.declaration, call));
    return withIds(answerWith(call, items), "", records);
  },

  update: (context, call, parents) => show(context, call, change(context, call, named(context, call, parents), call.body)),

  upsert(context, call, parents) {
    const id = idOf(context.operation, call) ?? (call.body["id"] as string | undefined);
    const before = id === undefined ? undefined : findRecord(call.world.state, context.operation.resource, id);
    if (before === undefined) return show(context, call, create(context, call, parents, call.body));
    assertTenant(call, before);
    return show(context, call, change(context, call, before, call.body));
  },

  delete(context, call, parents) {
    const record = named(context, call, parents);
    context.declaration.remove?.(record, call);
    call.world.state.records.delete(record.id);
    context.declaration.removed?.(record, call);
    return show(context, call, record, true);
  },

  action(context, call, parents) {
    const record = named(context, call, parents);
    const act = context.declaration.actions?.[context.operation.id];
    const input = call.operation.method === "POST" ? {} : recordInput(call, context.operation.idAt?.name);
    const fields = act?.(record, call) ?? input;
    return show(context, call, Object.keys(fields).length === 0 ? record : changeRecord(call, record, fields));
  },

  read(context, call, parents) {
    return show(context, call, single(context, call, parents));
  },

  save(context, call, parents) {
    const { operation, declaration } = context;
    const [existing] = recordsOf(call, operation.resource, parents);
    if (existing !== undefined) return show(context, call, change(context, call, existing, call.body));
    const before = declaration.initial?.(call) ?? {};
    return show(context, call, create(context, call, parents, { ...before, ...call.body }));
  },
};

/** The one record of a tenant; what is there before it was saved is kept with the first look, so that its id and times stay. */
function single(context: RoleContext, call: Call, parents: readonly string[]): ResourceRecord {
  const { operation, declaration } = context;
  const [existing] = recordsOf(call, operation.resource, parents);
  if (existing !== undefined) return existing;
  if (declaration.initial === undefined) throw unknownRecord(operation.resource, parents.at(-1) ?? call.locationId ?? "");
  return addRecord(call, { resource: operation.resource, parents, fields: declaration.initial(call), idStyle: declaration.idStyle });
}

function create({ operation, declaration }: RoleContext, call: Call, parents: readonly string[], body: Fields): ResourceRecord {
  const given = { ...parentFields(call, undefined), ...recordInput(call, undefined, body) };
  const fields = declaration.create?.(given, call) ?? given;
  const record = addRecord(call, { resource: operation.resource, parents, fields: laidOver({}, fields), idStyle: declaration.idStyle });
  declaration.created?.(record, call);
  return record;
}

function change({ operation, declaration }: RoleContext, call: Call, record: ResourceRecord, body: Fields): ResourceRecord {
  const input = recordInput(call, operation.idAt?.name, body);
  const fields = declaration.change?.(record.fields, input, call) ?? laidOver(record.fields, input);
  return call.world.state.records.put({
    ...record,
    fields: laidOver({}, fields),
    updatedAt: new Date(call.world.clock.now()).toISOString(),
  });
}

/** The record that the request names. @throws Refusal */
function named({ operation, declaration }: RoleContext, call: Call, parents: readonly string[]): ResourceRecord {
  const id = idOf(operation, call) ?? "";
  const record = findRecord(call.world.state, operation.resource, id) ?? findByKey(operation.resource, id, parents, call, declaration);
  if (record === undefined) throw declaration.unknown?.(id) ?? unknownRecord(operation.resource, id);
  assertTenant(call, record);
  if (record.parents.join("/") !== parents.join("/")) throw declaration.unknown?.(id) ?? unknownRecord(operation.resource, id);
  return record;
}

function idOf({ idAt }: ResourceOperation, call: Call): string | undefined {
  if (idAt === undefined) return undefined;
  const values: Fields = idAt.place === "path" ? call.params : idAt.place === "query" ? call.query : call.body;
  const value = values[idAt.name];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function show({ operation, declaration }: RoleContext, call: Call, record: ResourceRecord, isGone = false): Answer {
  const fields = shownFields(record, declaration, call);
  const path = operation.itemPath[call.generation];
  const beside = declaration.beside?.(record, call) ?? {};
  const frame = path === undefined ? confirmationFrame(call, fields, isGone, beside) : recordFrame(call, path, fields, beside);
  const plain = answerWith(call, frame);
  const answer = path === undefined || isGone || !isNamed(operation.resource) ? plain : withIds(plain, path, [record]);
  return declaration.reshape === undefined ? answer : { ...answer, body: declaration.reshape(answer.body, call) };
}
