import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise } from "../../src/normalise/normalise.ts";
import { SpecStop } from "../../src/normalise/spec-stop.ts";
import { petsDocument, type Raw } from "../source-fixture.ts";
import { noFacts } from "./rule-fixture.ts";

const common = { BadRequestDTO: { type: "object", properties: { message: { type: "string" } } } };

function run(raw: unknown, shared: Record<string, unknown> = common): object {
  return normalise({
    file: "pets.json",
    service: "pets",
    generation: "v3",
    raw,
    common: shared as never,
    facts: noFacts,
    idOf: (key) => `pets.${key}`,
  }).document;
}

/** Every place of a JSON value, as keys from the root. */
function placesOf(value: unknown, place: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, one]) => placesOf(one, [...place, key]))];
}

function replaced(document: Raw, place: readonly string[], value: unknown): unknown {
  const [last] = place.slice(-1);
  if (last === undefined) return value;
  const copy = structuredClone(document);
  const holder = place.slice(0, -1).reduce<Raw>((one, key) => one[key] as Raw, copy);
  Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

const places = placesOf(petsDocument("v3"));
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    null,
    [],
    {},
    "",
    "*/ process.exit(1) /*",
    '"; process.exit(1); //',
    "\u2028",
    { $ref: "#/components/schemas/PetDto" },
    { $ref: "#" },
    [null],
    { "": null },
  ),
);

test("whatever stands in place of a part of a document, it is normalised or refused with file and pointer", () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), anything, (place, value) => {
      try {
        run(replaced(petsDocument("v3"), place, value));
      } catch (error) {
        expect(error).toBeInstanceOf(SpecStop);
        expect((error as SpecStop).cause).toBeUndefined();
        expect((error as Error).message).toMatch(/^pets\.json(#\/[^\n]*)?: [^\n]+$/);
      }
    }),
    { numRuns: 3000 },
  );
});

describe("stops at", () => {
  const cases: readonly (readonly [string, (one: Raw) => void, string])[] = [
    [
      "a schema that names itself",
      (one) => (one["components"].schemas.PetDto = { $ref: "#/components/schemas/PetDto" }),
      "#/components/schemas/PetDto: is made of itself: PetDto → PetDto",
    ],
    [
      "schemas that name each other",
      (one) =>
        Object.assign(one["components"].schemas, {
          PetDto: { allOf: [{ $ref: "#/components/schemas/Dog" }] },
          Dog: { anyOf: [{ $ref: "#/components/schemas/PetDto" }] },
        }),
      "is made of itself: PetDto → Dog → PetDto",
    ],
    [
      "a reference to a file",
      (one) => (one["components"].schemas.PetDto.properties.kind = { $ref: "file:///etc/passwd#/a" }),
      "no rule for the reference",
    ],
    [
      "a reference to another host",
      (one) =>
        (one["components"].schemas.PetDto.properties.kind = {
          $ref: "https://example.com/common/common-schemas.json#/components/schemas/BadRequestDTO",
        }),
      "no rule for the reference",
    ],
    [
      "a reference into a schema",
      (one) => (one["components"].schemas.PetDto.properties.kind = { $ref: "#/components/schemas/PetDto/properties/name" }),
      "no rule for the reference",
    ],
    [
      "a path that ends a comment",
      (one) => (one["paths"]["/pets/*/"] = one["paths"]["/pets/"]),
      '#/paths/~1pets~1*~1: "/pets/*/" is not a path',
    ],
    ["a path with a space", (one) => (one["paths"]["/pets all/"] = one["paths"]["/pets/"]), "is not a path"],
    ["a path of another host", (one) => (one["paths"]["//example.com/pets"] = one["paths"]["/pets/"]), "has an empty segment"],
    [
      "a path that leads to another one",
      (one) => (one["paths"]["/pets/../oauth/token"] = one["paths"]["/pets/"]),
      ".. leads to another one",
    ],
    ["a path that leads to itself", (one) => (one["paths"]["/./pets/"] = one["paths"]["/pets/"]), ". leads to another one"],
    ["a placeholder that stands twice", (one) => (one["paths"]["/pets/{id}/x/{id}"] = one["paths"]["/pets/"]), "{id} stands in it twice"],
    ["a scope with a quote", (one) => (one["paths"]["/pets/"].post.security = [{ bearer: ['pets"readonly'] }]), "is not a scope"],
    ["a scope with a space", (one) => (one["paths"]["/pets/"].post.security = [{ bearer: ["pets.readonly other"] }]), "is not a scope"],
    ["a version that is none", (one) => (one["paths"]["/pets/"].post.parameters[0].schema.enum = ['v3"']), "is not a version"],
    [
      "a field that would be a prototype",
      (one) =>
        Object.defineProperty(one["components"].schemas.PetDto.properties, "__proto__", { value: { type: "string" }, enumerable: true }),
      "cannot be a name",
    ],
    [
      "a name that cannot be seen",
      (one) => (one["components"].schemas.PetDto.properties["a\u202eb"] = { type: "string" }),
      "cannot be seen",
    ],
  ];
  test.each(cases)("%s", (_, change, message) => {
    const document = petsDocument("v3");
    change(document);
    expect(() => run(document)).toThrow(message);
    expect(() => run(document)).toThrow(SpecStop);
  });
});

test("a schema may hold itself in a field or as an item", () => {
  const document = petsDocument("v3");
  document["components"].schemas.PetDto.properties.parent = { $ref: "#/components/schemas/PetDto" };
  document["components"].schemas.PetDto.properties.children = { type: "array", items: { $ref: "#/components/schemas/PetDto" } };
  expect(run(document)).toMatchObject({
    components: { schemas: { Pet: { properties: { parent: { $ref: "#/components/schemas/Pet" } } } } },
  });
});

test("a shared schema brings those that it refers to", () => {
  const shared = {
    BadRequestDTO: { type: "object", properties: { errors: { type: "array", items: { $ref: "#/components/schemas/FieldError" } } } },
    FieldError: { type: "object", properties: { field: { type: "string" }, cause: { $ref: "#/components/schemas/FieldError" } } },
  };
  expect(run(petsDocument("v3"), shared)).toMatchObject({
    components: {
      schemas: { BadRequest: { properties: { errors: { items: { $ref: "#/components/schemas/FieldError" } } } }, FieldError: {} },
    },
  });
});

test("references that multiply stop the run instead of keeping it busy for minutes", () => {
  const document = petsDocument("v3");
  const { schemas } = document["components"];
  for (let level = 0; level < 30; level += 1) {
    const next = { $ref: `#/components/schemas/Level${level + 1}` };
    schemas[`Level${level}`] = { type: "object", properties: { a: next, b: next } };
  }
  schemas["Level30"] = { type: "object", properties: { a: { type: "string" } } };
  expect(() => run(document)).toThrow(/^pets\.json#\/components\/schemas\/Level\d+: has more than 200000 parts/);
});
