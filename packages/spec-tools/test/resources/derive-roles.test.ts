import { expect, test } from "vitest";
import type { OpenApiDocument, OperationObject, Schema } from "../../src/generate/document.ts";
import { readOperations } from "../../src/generate/operation-rows.ts";
import { deriveRoles } from "../../src/resources/derive-roles.ts";
import { listPath, recordPath } from "../../src/resources/item-path.ts";
import { roleText } from "../../src/resources/reviewed-roles.ts";

const thing: Schema = { type: "object", properties: { id: { type: "string" }, name: { type: "string" } } };
const things: Schema = { type: "object", properties: { things: { type: "array", items: thing } } };

function operation(operationId: string, answer: Schema = thing): OperationObject {
  return { operationId, responses: { 200: { content: { "application/json": { schema: answer } } } } };
}

function rolesOf(paths: OpenApiDocument["paths"]): Readonly<Record<string, string>> {
  const document: OpenApiDocument = { info: { title: "t", version: "1" }, paths };
  const sources = readOperations(document).map((one) => ({ ...one, document }));
  return Object.fromEntries([...deriveRoles(sources)].map(([id, role]) => [id, roleText(role)]));
}

test("a collection and its items are created, listed, read, changed and deleted", () => {
  expect(
    rolesOf({
      "/things/": { get: operation("a.list", things), post: operation("a.create") },
      "/things/{thingId}": { get: operation("a.get"), put: operation("a.put"), patch: operation("a.patch"), delete: operation("a.delete") },
    }),
  ).toEqual({
    "a.list": "list /things",
    "a.create": "create /things",
    "a.get": "get /things path.thingId",
    "a.put": "update /things path.thingId",
    "a.patch": "update /things path.thingId",
    "a.delete": "delete /things path.thingId",
  });
});

test("a location in a path is no parent, other parameters are", () => {
  expect(
    rolesOf({
      "/things/{locationId}/{id}": { get: operation("a.get") },
      "/things/{thingId}/parts": { get: operation("a.parts", things), post: operation("a.addPart") },
      "/things/{thingId}/parts/{partId}": { delete: operation("a.removePart") },
    }),
  ).toEqual({
    "a.get": "get /things path.id",
    "a.parts": "list /things/{}/parts",
    "a.addPart": "create /things/{}/parts",
    "a.removePart": "delete /things/{}/parts path.partId",
  });
});

test("a static segment below an item is an action, `list` and `search` are ways to list", () => {
  expect(
    rolesOf({
      "/things/{id}": { get: operation("a.get") },
      "/things/{id}/pause": { post: operation("a.pause") },
      "/things/search": { get: operation("a.search", things) },
    }),
  ).toMatchObject({ "a.pause": "action /things path.id", "a.search": "list /things" });
});

test("a path that is read and written without an id is the one record of a tenant", () => {
  expect(rolesOf({ "/setting": { get: operation("a.read"), put: operation("a.save"), post: operation("a.add") } })).toEqual({
    "a.read": "read /setting",
    "a.save": "save /setting",
    "a.add": "save /setting",
  });
});

test("the record of an answer stands where most of its properties are", () => {
  const document: OpenApiDocument = { info: { title: "t", version: "1" }, paths: {} };
  const words = new Set(["name"]);
  expect(recordPath(document, thing, words)).toBe("");
  expect(recordPath(document, { type: "object", properties: { success: { type: "boolean" }, thing } }, words)).toBe("thing");
  expect(recordPath(document, { type: "object", properties: { success: { type: "boolean" } } }, words)).toBeUndefined();
  expect(recordPath(document, { type: "object", properties: { ok: { type: "boolean" }, data: { type: "object" } } }, words)).toBe("data");
  expect(recordPath(document, {}, words)).toBe("");
  expect(listPath(document, { type: "object", properties: { results: things } })).toBe("results.things");
});
