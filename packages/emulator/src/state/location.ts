import type { Stored } from "./collection.ts";

/** What a location decides about duplicates, and more. */
export interface LocationSettings {
  readonly allowDuplicateContact: boolean;
  readonly allowDuplicateOpportunity: boolean;
  readonly allowFacebookNameMerge: boolean;
  readonly disableContactTimezone: boolean;
  /** Order in which contacts are matched. */
  readonly contactUniqueIdentifiers: readonly ("email" | "phone")[];
  /** Whether contact and opportunities have owners of their own. */
  readonly crmSettings?: Readonly<Record<string, unknown>>;
  readonly saasSettings?: Readonly<Record<string, unknown>>;
}

/** A location, which the product calls sub-account. */
export interface Location extends Stored {
  readonly companyId: string;
  readonly name: string;
  readonly country: string;
  readonly timezone: string;
  readonly settings: LocationSettings;
  readonly social: Readonly<Record<string, unknown>>;
  /** Features by name. */
  readonly permissions?: Readonly<Record<string, boolean>>;
  readonly dateAdded: string;
  /** Address, phone and the like, as given. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A tag as the location lists it. Contacts carry tags by name. */
export interface Tag extends Stored {
  readonly name: string;
  readonly locationId: string;
}

/** The definition of a custom field of contacts or opportunities. */
export interface CustomField extends Stored {
  readonly name: string;
  /** `contact.pet_name`, `opportunity.budget`. */
  readonly fieldKey: string;
  readonly dataType: string;
  readonly model: "contact" | "opportunity";
  readonly locationId: string;
  readonly position: number;
  readonly placeholder: string;
  readonly documentType: "field" | "folder";
  /** The folder it stands in. */
  readonly parentId?: string;
  readonly standard: boolean;
  readonly dateAdded: string;
  readonly picklistOptions?: readonly string[];
  readonly scopes?: readonly string[];
  readonly isMultiFileAllowed?: boolean;
  readonly maxFileLimit?: number;
}

/** A text that templates of the location can refer to. */
export interface CustomValue extends Stored {
  readonly name: string;
  readonly fieldKey: string;
  readonly value: string;
  readonly documentType: "field";
  readonly locationId: string;
}
