import { documentServices, loadDocument } from "@ghlkit/contract-documents";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadContract } from "../../src/load/load-contract.ts";

const contract = await loadContract(fileURLToPath(new URL("../../../../openapi", import.meta.url)));

test.each(["v3", "v2"] as const)("every document of %s is loaded as the contract has it, shared schemas filled in", async (generation) => {
  expect(documentServices(generation)).toEqual([...contract[generation].keys()].toSorted());
  for (const [slug, document] of contract[generation])
    expect(JSON.stringify(await loadDocument(generation, slug)), `${generation}/${slug}`).toBe(JSON.stringify(document));
});
