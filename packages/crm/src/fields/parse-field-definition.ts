import { fieldDataType, type FieldDefinition, type FieldModel, type FieldOption } from "./field-definition.ts";

/** A definition as either of the platform's two field APIs answers it. */
export interface WireFieldDefinition {
  readonly id: string;
  readonly name?: string;
  readonly fieldKey?: string;
  readonly dataType?: string;
  readonly model?: string;
  /** Contacts and opportunities. */
  readonly picklistOptions?: readonly unknown[];
  readonly isAllowedCustomOption?: boolean;
  readonly isMultiFileAllowed?: boolean;
  readonly maxFileLimit?: number;
  /** Custom objects. */
  readonly options?: readonly unknown[];
  readonly allowCustomOption?: boolean;
  /** `folder` for a heading, which is no field. */
  readonly documentType?: string;
}

/** A definition in the one shape of this package; `undefined` for a folder, which stands in the same list. */
export function parseFieldDefinition(wire: WireFieldDefinition, model: FieldModel): FieldDefinition | undefined {
  const { id, fieldKey = "", documentType } = wire;
  if (documentType === "folder" || fieldKey === "") return undefined;
  return {
    id,
    key: keyWithoutModel(fieldKey, model),
    fieldKey,
    name: wire.name ?? fieldKey,
    model,
    dataType: fieldDataType(wire.dataType),
    options: (wire.picklistOptions ?? wire.options ?? []).map(readOption),
    allowsCustomOption: wire.isAllowedCustomOption ?? wire.allowCustomOption ?? false,
    maxFiles: wire.isMultiFileAllowed === false ? 1 : wire.maxFileLimit,
  };
}

/** Prose of the vendor writes `custom_object.pet`, its answers `custom_objects.pet`. */
function keyWithoutModel(fieldKey: string, model: FieldModel): string {
  const fronts = [`${model}.`, `${model.replace("custom_objects.", "custom_object.")}.`];
  const front = fronts.find((text) => fieldKey.startsWith(text));
  return front === undefined ? fieldKey : fieldKey.slice(front.length);
}

/** A text, `{ key, label }` of custom objects, or `{ id, label }` of a list of text boxes. */
function readOption(wire: unknown): FieldOption {
  if (typeof wire !== "object" || wire === null) return { value: String(wire), label: String(wire) };
  const { key, id, label, name } = wire as Record<string, unknown>;
  const value = [key, id, label, name].find((one) => typeof one === "string") ?? "";
  return { value: value as string, label: typeof label === "string" ? label : (value as string) };
}
