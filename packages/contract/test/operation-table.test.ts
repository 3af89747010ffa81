import { describe, expect, it } from "vitest";
import { operationTable } from "../src/index.ts";
import { operationTable as v2 } from "../src/v2.ts";

describe("the operation table", () => {
  it("holds both generations, and what v2 alone can do", () => {
    const ids = new Set(operationTable.operations().map(({ id }) => id));
    expect(v2.operations().filter(({ id, successor }) => !ids.has(id) && successor === null)).toEqual([]);
    expect(Math.min(ids.size, v2.operations().length)).toBeGreaterThan(500);
    expect(operationTable.operation("conversations.listCustomSubtypes")?.version).toBe("2021-04-15");
  });

  it("has unique ids of one form", () => {
    for (const table of [operationTable, v2]) {
      const ids = table.operations().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/.test(id))).toEqual([]);
    }
  });

  it("has a Version per operation, never one for all", () => {
    expect(new Set(operationTable.operations().map(({ version }) => version))).toEqual(new Set(["v3", "2021-07-28", "2021-04-15", null]));
    expect(operationTable.operation("contacts.get")).toMatchObject({
      version: "v3",
      scopes: ["contacts.readonly"],
      tokens: ["location"],
      retry: "safe",
      body: null,
    });
    expect(v2.operation("contacts.get")?.version).toBe("2021-07-28");
  });

  it("does not read a scope that is not stated as none needed", () => {
    const notStated = operationTable.operations().filter(({ scopes }) => scopes === null);
    expect(notStated.length).toBeGreaterThan(50);
    expect(operationTable.operations().filter(({ scopes }) => scopes?.length === 0)).toEqual([]);
  });

  it("knows what must not be sent twice", () => {
    expect(operationTable.operation("conversations.sendMessage")?.retry).toBe("unsafe-side-effect");
    expect(operationTable.operation("contacts.create")?.retry).toBe("unsafe-create");
    expect(operationTable.operation("contacts.upsert")?.retry).toBe("idempotent");
    expect(operationTable.operation("contacts.search")?.retry).toBe("safe");
  });

  it("answers an unknown id or service with nothing", () => {
    expect(operationTable.operation("contacts.nope")).toBeUndefined();
    expect(operationTable.operation("nope")).toBeUndefined();
    expect(operationTable.service("nope")).toEqual([]);
  });
});
