import { expect, test } from "vitest";
import { proposeName } from "../../src/names/propose-name.ts";

const free = () => false;

test.each([
  ["GET /pets/", "pets.list"],
  ["GET /pets/{petId}", "pets.get"],
  ["POST /pets/", "pets.create"],
  ["PUT /pets/{petId}", "pets.update"],
  ["PATCH /pets/{petId}", "pets.update"],
  ["DELETE /pets/{petId}", "pets.delete"],
  ["GET /pets/{petId}/notes", "pets.listNotes"],
  ["POST /pets/{petId}/notes", "pets.createNote"],
  ["GET /pets/{petId}/notes/{id}", "pets.getNote"],
  ["POST /pets/search", "pets.search"],
  ["POST /pets/{petId}/send", "pets.send"],
  ["GET /pets/locations/{locationId}/toys", "pets.listToys"],
  ["GET /pets/{locationId}/toys/{toyId}", "pets.getToy"],
])("%s → %s", (key, id) => {
  expect(proposeName(key, "pets", free)).toBe(id);
});

test("a taken name gets a distinguishing suffix; where there is none, a person must name it", () => {
  expect(proposeName("GET /pets/{petId}", "pets", (id) => id === "pets.get")).toBe("pets.getByPetId");
  expect(() => proposeName("GET /pets/{petId}", "pets", () => true)).toThrow("no free name for GET /pets/{petId}");
});
