import { createCollection, type Collection, type Stored } from "./collection.ts";

/** The fields of a record, by their names on the wire. */
export type Fields = Readonly<Record<string, unknown>>;

/** A record of a resource of the contract: one neutral form, whichever generation wrote it. */
export interface ResourceRecord extends Stored {
  /** Resource and id: `/products 64f0…`. */
  readonly id: string;
  /** Path of the collection without tenants and parameter names: `/products/{}/price`. */
  readonly resource: string;
  /** The id on the wire. */
  readonly recordId: string;
  /** Absent for what belongs to the company alone. */
  readonly locationId?: string;
  readonly companyId: string;
  /** Ids of the parents that the path names, outermost first. */
  readonly parents: readonly string[];
  readonly fields: Fields;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Whose records, below which parents. */
export interface RecordScope {
  readonly resource: string;
  /** Id of the location, else of the company. */
  readonly tenant: string;
  readonly parents: readonly string[];
}

/** Records of every resource, grouped by their scope. */
export function createRecordCollection(): Collection<ResourceRecord> {
  return createCollection<ResourceRecord>((record) =>
    scopeKey({ resource: record.resource, tenant: record.locationId ?? record.companyId, parents: record.parents }),
  );
}

/** Key of the group that a scope's records are in. */
export function scopeKey({ resource, tenant, parents }: RecordScope): string {
  return `${resource} ${tenant} ${parents.join("/")}`;
}

/** Id of a record among those of every resource. */
export function recordKey(resource: string, recordId: string): string {
  return `${resource} ${recordId}`;
}
