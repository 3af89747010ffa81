import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
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
  expect(() => OperationNames.read('"GET /a": pets.getall\n"GET /b": pets.getAll\n')).toThrow("the id pets.getAll is given twice");
});

test("whatever routes come, every id is given once and stays for ever", () => {
  const segment = fc.constantFrom("pets", "toys", "{petId}", "{id}", "search", "locations", "{locationId}");
  const key = fc.tuple(fc.constantFrom("GET", "POST", "PUT", "DELETE"), fc.array(segment, { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 12 }), (keys) => {
      const names = OperationNames.read("");
      const given = new Map<string, string>();
      for (const [method, segments] of keys) {
        const route = `${method} /${segments.join("/")}`;
        // The rule may be at a loss; it never gives an id twice.
        const id = attempt(() => names.idOf(route, "pets"));
        if (id !== undefined) given.set(route, id);
      }
      const again = OperationNames.read(names.toText());
      for (const [route, id] of given) expect(again.idOf(route, "pets")).toBe(id);
      const book = Object.values(parse(names.toText()) ?? {}) as string[];
      expect(new Set(book.map((id) => id.toLowerCase())).size).toBe(book.length);
    }),
  );
});

function attempt<Value>(run: () => Value): Value | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

test("a restyled path keeps its id when the old path has gone, and the book keeps both", () => {
  const old = '"POST /pets/remove-all": pets.removeAll\n';
  const names = OperationNames.read(old, new Set(["POST /pets/removeAll"]));
  expect(names.idOf("POST /pets/removeAll", "pets")).toBe("pets.removeAll");
  expect(names.toText()).toBe('"POST /pets/remove-all": pets.removeAll\n"POST /pets/removeAll": pets.removeAll\n');
  expect(OperationNames.read(names.toText()).toText()).toBe(names.toText());
});

test("a path beside its restyled twin gets an id of its own", () => {
  const old = '"POST /pets/remove-all": pets.removeAll\n';
  const names = OperationNames.read(old, new Set(["POST /pets/remove-all", "POST /pets/removeAll"]));
  expect(names.idOf("POST /pets/removeAll", "pets")).not.toBe("pets.removeAll");
});

test.each([
  ["- a\n", "is not a map"],
  ['"GET /a": 7\n', "7 of GET /a is not an id"],
  ['"GET /a": pets\n', '"pets" of GET /a is not an id'],
])("a book that cannot be read says where: %j", (text, message) => {
  expect(() => OperationNames.read(text)).toThrow(message);
});
