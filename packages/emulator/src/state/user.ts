import type { Stored } from "./collection.ts";

export interface User extends Stored {
  readonly companyId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly extension: string;
  readonly type: "account" | "agency";
  readonly role: "admin" | "user";
  readonly locationIds: readonly string[];
  readonly permissions: Readonly<Record<string, unknown>>;
  readonly scopes: readonly string[];
  readonly deleted: boolean;
  readonly dateAdded: string;
}
