import { expect, test } from "vitest";
import { packagedContract } from "../../src/contract/contract-source.ts";
import { findOperation } from "../../src/contract/open-api.ts";

test.each(["v3", "v2"] as const)("every operation of %s stands in a document of its generation", async (generation) => {
  const missing: string[] = [];
  for (const operation of packagedContract.operations(generation)) {
    const document = await packagedContract.document(generation, operation.id);
    if (document === undefined || findOperation(document, operation) === undefined) missing.push(operation.id);
  }
  expect(missing).toEqual([]);
});
