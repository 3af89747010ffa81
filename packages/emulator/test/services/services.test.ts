import { expect, test } from "vitest";
import { packagedContract } from "../../src/contract/contract-source.ts";
import { handlers } from "../../src/services/services.ts";

test("every handler belongs to an operation of the contract", () => {
  const ids = new Set([...packagedContract.operations("v3"), ...packagedContract.operations("v2")].map((operation) => operation.id));
  expect(Object.keys(handlers).filter((id) => !ids.has(id))).toEqual([]);
});
