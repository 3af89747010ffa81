import { expect, test } from "vitest";
import type { OpenApiDocument } from "../../src/generate/document.ts";
import { typeDocument } from "../../src/generate/type-document.ts";

const text = { type: "string" };
const body = (name: string): object => ({ content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } } });

test("a tenant is optional at the root of a body, and stays required where the same schema is nested", () => {
  const document = {
    info: { title: "pets", version: "v3" },
    paths: {
      "/pets": { post: { operationId: "pets.create", requestBody: body("Pet"), responses: {} } },
      "/litters": { post: { operationId: "pets.createLitter", requestBody: body("Litter"), responses: {} } },
    },
    components: {
      schemas: {
        Pet: { type: "object", required: ["locationId", "name"], properties: { locationId: text, name: text } },
        Litter: {
          type: "object",
          required: ["locationId", "first"],
          properties: { locationId: text, first: { $ref: "#/components/schemas/Pet" } },
        },
      },
    },
  } as unknown as OpenApiDocument;
  const { schemas, operations } = typeDocument(document);
  expect(schemas["Pet"]?.required).toEqual(["locationId", "name"]);
  expect(schemas["create.body"]?.required).toEqual(["name"]);
  expect(schemas["Litter"]?.required).toEqual(["first"]);
  expect(operations.map((one) => one.body?.component)).toEqual(["create.body", "Litter"]);
});

test("a field that only answers have is no field of a request that uses the same schema", () => {
  const answer = { "201": { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } } };
  const document = {
    info: { title: "pets", version: "v3" },
    paths: { "/pets": { post: { operationId: "pets.create", requestBody: body("Pet"), responses: answer } } },
    components: { schemas: { Pet: { type: "object", properties: { name: text, seen: { ...text, "x-answers-only": true } } } } },
  } as unknown as OpenApiDocument;
  const { schemas } = typeDocument(document);
  expect(Object.keys(schemas["Pet"]?.properties ?? {})).toEqual(["name", "seen"]);
  expect(Object.keys(schemas["PetInput"]?.properties ?? {})).toEqual(["name"]);
});

test("a tenant is optional in a body that is another name of a component", () => {
  const document = {
    info: { title: "pets", version: "v3" },
    paths: { "/pets": { post: { operationId: "pets.create", requestBody: body("Alias"), responses: {} } } },
    components: {
      schemas: {
        Alias: { $ref: "#/components/schemas/Pet" },
        Pet: { type: "object", required: ["locationId", "name"], properties: { locationId: text, name: text } },
      },
    },
  } as unknown as OpenApiDocument;
  const { schemas, operations } = typeDocument(document);
  expect(operations[0]?.body?.component).toBe("Pet");
  expect(schemas["Pet"]?.required).toEqual(["name"]);
  expect(operations[0]?.tenants).toEqual([{ name: "locationId", inBody: true }]);
});

test("a query parameter that is called as one of the path has an input of its own", () => {
  const parameters = [
    { name: "petId", in: "path", required: true, schema: text },
    { name: "petId", in: "query", schema: { type: "number" } },
  ];
  const document = {
    info: { title: "pets", version: "v3" },
    paths: { "/pets/{petId}": { get: { operationId: "pets.get", parameters, responses: {} } } },
  };
  const { schemas } = typeDocument(document as unknown as OpenApiDocument);
  expect(schemas["get.input"]).toMatchObject({ properties: { petId: text, petIdInQuery: { type: "number" } }, required: ["petId"] });
});
