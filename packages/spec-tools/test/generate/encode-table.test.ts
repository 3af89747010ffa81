import { createOperationTable, type Operation } from "@ghlkit/contract";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { encodeTable } from "../../src/generate/encode-table.ts";
import { readOperations } from "../../src/generate/operation-rows.ts";
import { loadContract } from "../../src/load/load-contract.ts";

const contract = await loadContract(fileURLToPath(new URL("../../../../openapi", import.meta.url)));

/** The table as a program that imports it would see it. */
function decode(source: string): readonly Operation[] {
  const literal = source.slice(source.indexOf("= {") + 2).trimEnd().replace(/;$/, "");
  const table = new Function(`return (${literal});`)() as Parameters<typeof createOperationTable>[0];
  return createOperationTable(table).operations();
}

describe("the operation table", () => {
  it.each(["v3", "v2"] as const)("brings every row of %s back as it was", (generation) => {
    const rows = [...contract[generation].values()].flatMap((document) => readOperations(document).map(({ row }) => row));
    const decoded = decode(encodeTable(rows));
    const byId = (list: readonly Operation[]): readonly Operation[] => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(decoded)).toEqual(byId(rows));
    expect(rows.length).toBeGreaterThan(500);
  });
});
