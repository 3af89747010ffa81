/** The platform's data types of custom fields; `UNKNOWN` for one that is newer than this package. */
export type FieldDataType =
  | "TEXT"
  | "LARGE_TEXT"
  | "NUMERICAL"
  | "PHONE"
  | "EMAIL"
  | "MONETORY"
  | "CHECKBOX"
  | "SINGLE_OPTIONS"
  | "MULTIPLE_OPTIONS"
  | "RADIO"
  | "DATE"
  | "TEXTBOX_LIST"
  | "FILE_UPLOAD"
  | "SIGNATURE"
  | "UNKNOWN";

/** Which records a field belongs to: a custom object by its key, such as `custom_objects.pet`. */
export type FieldModel = "contact" | "opportunity" | "business" | `custom_objects.${string}`;

/** One choice of a field, or one box of a list of text boxes. */
export interface FieldOption {
  /** What is written, byte for byte. */
  readonly value: string;
  readonly label: string;
}

/** The definition of a field of one data type. */
export interface FieldDefinitionOf<Type extends FieldDataType> {
  readonly id: string;
  /** Without its model: `plan` of `contact.plan`. */
  readonly key: string;
  readonly fieldKey: string;
  readonly name: string;
  readonly model: FieldModel;
  readonly dataType: Type;
  readonly options: readonly FieldOption[];
  /** A value beside the options is taken. */
  readonly allowsCustomOption: boolean;
  /** How many files it takes; `undefined` where the platform states none. */
  readonly maxFiles: number | undefined;
}

/** The definition of a custom field. `dataType` narrows it, and with it what {@link readFieldValue} returns. */
export type FieldDefinition = { [Type in FieldDataType]: FieldDefinitionOf<Type> }[FieldDataType];

const dataTypes: ReadonlySet<string> = new Set<FieldDataType>([
  "TEXT",
  "LARGE_TEXT",
  "NUMERICAL",
  "PHONE",
  "EMAIL",
  "MONETORY",
  "CHECKBOX",
  "SINGLE_OPTIONS",
  "MULTIPLE_OPTIONS",
  "RADIO",
  "DATE",
  "TEXTBOX_LIST",
  "FILE_UPLOAD",
  "SIGNATURE",
]);

/** A data type as the platform writes it. */
export function fieldDataType(text: string | undefined): FieldDataType {
  return text !== undefined && dataTypes.has(text) ? (text as FieldDataType) : "UNKNOWN";
}
