import { expect, test } from "vitest";
import { packagedContract, type Operation } from "../../src/contract/contract-source.ts";
import { createRouteIndex } from "../../src/routing/route-index.ts";

function route(id: string, method: "GET" | "POST", path: string): readonly [Operation, string] {
  return [{ id, method, path } as Operation, id];
}

test("static segments beat parameters, and a dead end falls back to the parameter", () => {
  const index = createRouteIndex([
    route("search", "GET", "/users/search"),
    route("get", "GET", "/users/{userId}"),
    route("deep", "GET", "/users/search/deep"),
    route("notes", "GET", "/users/{userId}/notes"),
  ]);
  expect(index.match("GET", "/users/search")).toEqual({ route: "search", params: {} });
  expect(index.match("GET", "/users/abc")).toEqual({ route: "get", params: { userId: "abc" } });
  expect(index.match("GET", "/users/search/notes")).toEqual({ route: "notes", params: { userId: "search" } });
  expect(index.match("POST", "/users/search")).toBeUndefined();
});

test("the trailing slash does not matter, an empty segment does", () => {
  const index = createRouteIndex([route("list", "GET", "/contacts/"), route("get", "GET", "/contacts/{contactId}")]);
  expect(index.match("GET", "/contacts")?.route).toBe("list");
  expect(index.match("GET", "/contacts/a%20b/")).toEqual({ route: "get", params: { contactId: "a b" } });
  expect(index.match("GET", "/contacts//")).toBeUndefined();
});

test.each(["v3", "v2"] as const)("every operation of %s is found by its own path", (generation) => {
  const operations = packagedContract.operations(generation);
  const index = createRouteIndex(operations.map((operation) => [operation, operation]));
  const missed = operations.filter(
    (operation) => index.match(operation.method, operation.path.replaceAll(/\{\w+\}/g, "x-1"))?.route !== operation,
  );
  expect(missed.map((operation) => `${operation.method} ${operation.path}`)).toEqual([]);
});
