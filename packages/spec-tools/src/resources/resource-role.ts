/** What an operation does with records of a resource. */
export type ResourceRoleName =
  /** Makes a record. */
  | "create"
  /** Shows one record. */
  | "get"
  /** Lists records. */
  | "list"
  /** Lays the body over a record. */
  | "update"
  /** Removes a record. */
  | "delete"
  /** Changes the record that the body names, or makes one. */
  | "upsert"
  /** Does something with a record; a POST changes nothing by itself. */
  | "action"
  /** Shows the one record of a tenant or parent. */
  | "read"
  /** Lays the body over the one record of a tenant or parent. */
  | "save";

/** The role of one operation. */
export interface ResourceRole {
  readonly role: ResourceRoleName;
  /** Path of the collection without tenants and parameter names: `/products/{}/price`. It is the same in both generations. */
  readonly resource: string;
  /** Where the id of the record stands: `path.priceId`, `query.id`, `body.id`; absent where none is named. */
  readonly id?: string;
}

export const resourceRoleNames: readonly string[] = [
  "create",
  "get",
  "list",
  "update",
  "delete",
  "upsert",
  "action",
  "read",
  "save",
] satisfies readonly ResourceRoleName[];
