import type { FieldDataType } from "./field-definition.ts";

/** A file of a custom field. */
export interface FieldFile {
  readonly url: string;
  readonly id?: string;
  readonly name?: string;
  readonly mimeType?: string;
  readonly sizeBytes?: number;
}

/** Values by data type, in the one shape of this package. */
export interface FieldValueByType {
  readonly TEXT: string;
  readonly LARGE_TEXT: string;
  readonly PHONE: string;
  readonly EMAIL: string;
  readonly SINGLE_OPTIONS: string;
  readonly RADIO: string;
  readonly NUMERICAL: number;
  /** In major units of the location's currency. */
  readonly MONETORY: number;
  readonly CHECKBOX: readonly string[];
  readonly MULTIPLE_OPTIONS: readonly string[];
  /** `YYYY-MM-DD`: the platform keeps the day alone. */
  readonly DATE: string;
  /** By id of the text box. */
  readonly TEXTBOX_LIST: Readonly<Record<string, string>>;
  readonly FILE_UPLOAD: readonly FieldFile[];
  readonly SIGNATURE: readonly FieldFile[];
  readonly UNKNOWN: unknown;
}

/** What a field of a data type holds. */
export type FieldValueOf<Type extends FieldDataType> = FieldValueByType[Type];

/** What can be written into a field. A `Date` is written as its day in UTC. */
export type FieldInput = string | number | readonly string[] | Date | Readonly<Record<string, string>> | readonly FieldFile[];

/** Values to write, by field key. `null` clears a field, `undefined` leaves it alone. */
export type FieldInputs = Readonly<Record<string, FieldInput | null | undefined>>;

/** Values of some fields of a typed map. */
export type FieldsToWrite<Fields extends object> = { readonly [Key in keyof Fields]?: Fields[Key] | null | undefined };
