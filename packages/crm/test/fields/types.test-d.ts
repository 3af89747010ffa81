import { expectTypeOf, test } from "vitest";
import { readFieldValue, type FieldDefinition, type FieldFile } from "../../src/fields/index.ts";

declare const field: FieldDefinition;
declare const value: unknown;

test("the data type of a field narrows what is read", () => {
  if (field.dataType === "DATE") expectTypeOf(readFieldValue(field, value)).toEqualTypeOf<string | undefined>();
  if (field.dataType === "MONETORY") expectTypeOf(readFieldValue(field, value)).toEqualTypeOf<number | undefined>();
  if (field.dataType === "CHECKBOX") expectTypeOf(readFieldValue(field, value)).toEqualTypeOf<readonly string[] | undefined>();
  if (field.dataType === "FILE_UPLOAD") expectTypeOf(readFieldValue(field, value)).toEqualTypeOf<readonly FieldFile[] | undefined>();
  // @ts-expect-error No such data type.
  void (field.dataType === "MONEY");
});
