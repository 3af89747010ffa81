import { expect, test } from "vitest";
import { OperationNames } from "../../src/names/operation-names.ts";

const book = '"GET /pets/{petId}": pets.fetchOne\n"POST /pets/": pets.create\n';

test("a name once given is never changed, even if the rule would give another", () => {
  const names = OperationNames.read(book);
  expect(names.idOf("GET /pets/{petId}", "pets")).toBe("pets.fetchOne");
  expect(names.added.size).toBe(0);
  expect(names.toText()).toContain('"GET /pets/{petId}": pets.fetchOne\n');
});

test("a route is the same whatever its parameter is called, with or without a trailing slash", () => {
  const names = OperationNames.read(book);
  expect(names.idOf("GET /pets/{id}", "pets")).toBe("pets.fetchOne");
  expect(names.idOf("POST /pets", "pets")).toBe("pets.create");
});

test("a new route gets a name and the book grows; a name whose route has gone stays", () => {
  const names = OperationNames.read(book);
  expect(names.idOf("DELETE /pets/{petId}", "pets")).toBe("pets.delete");
  expect([...names.added]).toEqual([["DELETE /pets/{petId}", "pets.delete"]]);
  const text = names.toText();
  expect(text.split("\n").filter((line) => line !== "")).toHaveLength(3);
  expect(OperationNames.read(text).toText()).toBe(text);
});

test("one id for two routes is refused", () => {
  expect(() => OperationNames.read('"GET /a": pets.get\n"GET /b": pets.Get\n')).toThrow("the id pets.Get is given twice");
});
