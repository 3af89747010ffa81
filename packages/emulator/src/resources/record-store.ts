import { forbiddenLocation, notFound } from "../http/refusal.ts";
import type { Call } from "../call/call.ts";
import type { World } from "../world.ts";
import { recordKey, scopeKey, type Fields, type RecordScope, type ResourceRecord } from "../state/resource-record.ts";
import type { State } from "../state/state.ts";
import { childrenOf, idStyleOf, type IdStyle } from "./resource-table.ts";

/** Whose records a call is about: the location's, else the company's. */
export function tenantOf(call: Call): string {
  return call.locationId ?? companyOf(call);
}

/** The company of a call: of its token, else the seeded one, which operations without a token belong to. */
export function companyOf(call: Call): string {
  return call.credential?.companyId ?? call.world.seed.companyId;
}

/** Records of a resource in the tenant of a call, in order of creation. */
export function recordsOf(call: Call, resource: string, parents: readonly string[] = []): readonly ResourceRecord[] {
  return recordsIn(call.world.state, { resource, tenant: tenantOf(call), parents });
}

/** Records of one scope, in order of creation. */
export function recordsIn(state: State, scope: RecordScope): readonly ResourceRecord[] {
  return state.records.group(scopeKey(scope));
}

/** A record by its id, whoever it belongs to. */
export function findRecord(state: State, resource: string, id: string): ResourceRecord | undefined {
  return state.records.get(recordKey(resource, id));
}

/** @throws Refusal 404 when there is none, 403 when it is another tenant's. */
export function requireRecord(call: Call, resource: string, id: string): ResourceRecord {
  const record = findRecord(call.world.state, resource, id);
  if (record === undefined) throw unknownRecord(resource, id);
  assertTenant(call, record);
  return record;
}

/** Refuses records of other tenants. @throws Refusal 403, or 404 where the token reaches both. */
export function assertTenant(call: Call, record: ResourceRecord): void {
  const { credential, locationId } = call;
  if (credential === undefined) return;
  if (record.companyId !== credential.companyId) throw forbiddenLocation();
  if (record.locationId === undefined || locationId === undefined || record.locationId === locationId) return;
  if (credential.level === "location" && record.locationId !== credential.locationId) throw forbiddenLocation();
  throw unknownRecord(record.resource, record.recordId);
}

/** The refusal of an id that does not exist. */
export function unknownRecord(resource: string, id: string): Error {
  const noun = resource.replaceAll("/{}", "").split("/").at(-1) ?? "Record";
  return notFound(`${noun.charAt(0).toUpperCase()}${noun.slice(1).replace(/s$/, "")} with id ${id} not found`);
}

/** What a new record is made of. */
export interface NewRecord {
  readonly resource: string;
  readonly fields: Fields;
  readonly parents?: readonly string[];
  /** Default: the location of the call; the company where it has none. */
  readonly locationId?: string;
  /** Default: a new one. */
  readonly recordId?: string;
  readonly idStyle?: IdStyle | undefined;
}

/** Keeps a new record. */
export function addRecord(call: Call, record: NewRecord): ResourceRecord {
  const locationId = record.locationId ?? call.locationId;
  return keepRecord(call.world, companyOf(call), { ...record, ...(locationId !== undefined && { locationId }) });
}

/** Keeps a new record that no request asked for: what a customer or the clock brought about. */
export function keepRecord(
  { state, ids, clock }: World,
  companyId: string,
  { resource, fields, parents = [], recordId, idStyle, locationId }: NewRecord,
): ResourceRecord {
  const now = new Date(clock.now()).toISOString();
  const id = recordId ?? ids[idStyle ?? idStyleOf(resource)]();
  return state.records.put({
    id: recordKey(resource, id),
    resource,
    recordId: id,
    ...(locationId !== undefined && { locationId }),
    companyId,
    parents,
    fields,
    createdAt: now,
    updatedAt: now,
  });
}

/** Lays fields over a record, without a request. */
export function putFields({ state, clock }: World, record: ResourceRecord, fields: Fields): ResourceRecord {
  return state.records.put({ ...record, fields: { ...record.fields, ...fields }, updatedAt: new Date(clock.now()).toISOString() });
}

/** Lays fields over a record. */
export function changeRecord(call: Call, record: ResourceRecord, fields: Fields): ResourceRecord {
  return putFields(call.world, record, fields);
}

/** Removes what has a record as its parent, to any depth. */
export function removeChildren(state: State, parent: Pick<ResourceRecord, "resource" | "recordId" | "parents">, tenant: string): void {
  const parents = [...parent.parents, parent.recordId];
  for (const resource of childrenOf(parent.resource)) {
    for (const child of recordsIn(state, { resource, tenant, parents })) state.records.delete(child.id);
  }
}
