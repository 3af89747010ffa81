// Fields of a location
export {
  createFields,
  type FieldReading,
  type Fields,
  type FieldsClient,
  type FieldsOptions,
  type FieldWrite,
  type FieldWrites,
  type InvalidFieldValue,
} from "./create-fields.ts";
export type { FieldDataType, FieldDefinition, FieldDefinitionOf, FieldModel, FieldOption } from "./field-definition.ts";
export type { InvalidFieldReason } from "./check-field-value.ts";

// Values
export { readFieldValue } from "./read-field-value.ts";
export { wireFieldValues, type WireFieldValue } from "./wire-field-values.ts";
export type { FieldFile, FieldInput, FieldInputs, FieldsToWrite, FieldValueByType, FieldValueOf } from "./field-value.ts";

// Fields of many locations
export { ensureFields, wantedFields, type EnsuredFields, type FieldDifference, type WantedField } from "./ensure-fields.ts";
