import { expect, test } from "vitest";
import { schemaName, schemaNames } from "../../src/normalise/schema-name.ts";

test.each([
  ["ContactsByIdSuccessfulResponseDtoV3", "ContactsByIdResponse"],
  ["createAssociationReqDto", "CreateAssociationReq"],
  ["IRecordSchema", "Record"],
  ["InvoiceDto", "Invoice"],
  ["MonetoryField", "MonetaryField"],
  ["SearchBodyV2DTO", "SearchBodyV2"],
  ["DTO", "DTO"],
  ["GetSuccesfulResponseSchema", "GetResponse"],
])("%s is called %s", (name, cleaned) => {
  expect(schemaName(name)).toBe(cleaned);
});

test("equal schemas share a name, different ones keep their long forms", () => {
  expect([...schemaNames({ PetDTO: { type: "object" }, PetSchema: { type: "object" } }).values()]).toEqual(["Pet", "Pet"]);
  expect([...schemaNames({ PetDTO: { type: "object" }, PetSchema: { type: "string" } }).values()]).toEqual(["PetDTO", "PetSchema"]);
});

test("long forms that differ in case only get different names", () => {
  const names = schemaNames({ PetResponseDTO: { type: "object" }, petResponseDTO: { type: "string" } });
  expect(new Set([...names.values()].map((name) => name.toLowerCase())).size).toBe(2);
});
