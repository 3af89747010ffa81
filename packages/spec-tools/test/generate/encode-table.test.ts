import { createOperationTable, type Operation } from "@ghlkit/contract";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { encodeTable } from "../../src/generate/encode-table.ts";
import { readOperations } from "../../src/generate/operation-rows.ts";
import { loadContract } from "../../src/load/load-contract.ts";

const contract = await loadContract(fileURLToPath(new URL("../../../../openapi", import.meta.url)));

/** The table as a program that imports it would see it. */
async function decode(source: string): Promise<readonly Operation[]> {
  const module = (await import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(source))}`)) as {
    readonly table: Parameters<typeof createOperationTable>[0];
  };
  return createOperationTable(module.table).operations();
}

describe("the operation table", () => {
  it.each(["v3", "v2"] as const)("brings every row of %s back as it was", async (generation) => {
    const rows = [...contract[generation].values()].flatMap((document) => readOperations(document).map(({ row }) => row));
    const decoded = await decode(encodeTable(rows));
    const byId = (list: readonly Operation[]): readonly Operation[] => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(decoded)).toEqual(byId(rows));
    expect(rows.length).toBeGreaterThan(500);
  });
});
