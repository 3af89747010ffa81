import { describe, expect, test } from "vitest";
import { assertKnownShape } from "../../src/normalise/known-shape.ts";
import { SpecStop } from "../../src/normalise/spec-stop.ts";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an operation that the cases bend
type Bent = Record<string, any>;

const document = () => ({
  openapi: "3.0.0",
  info: { title: "Pets", version: "1" },
  servers: [{ url: "https://services.leadconnectorhq.com" }],
  tags: [],
  paths: {
    "/pets/{id}": {
      get: {
        operationId: "get-pet",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } as Record<string, unknown> }] as Record<
          string,
          unknown
        >[],
        responses: {
          "200": {
            description: "Fine",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } as Record<string, unknown>,
          },
        },
      } as Bent,
    },
  },
  components: { schemas: { Pet: { type: "object", properties: { name: { type: "string" } as Record<string, unknown> } } } },
});

test("what is known passes", () => {
  expect(() => assertKnownShape("pets.json", document())).not.toThrow();
});

describe("stops with file and pointer at", () => {
  const cases: [string, (one: ReturnType<typeof document>) => void, string][] = [
    [
      "an unknown schema keyword",
      (one) => (one.components.schemas.Pet.properties.name["contentEncoding"] = "base64"),
      '/components/schemas/Pet/properties/name/contentEncoding: unknown schema keyword "contentEncoding"',
    ],
    [
      "an unknown format",
      (one) => (one.components.schemas.Pet.properties.name["format"] = "duration"),
      '/components/schemas/Pet/properties/name/format: unknown format "duration"',
    ],
    [
      "an unknown type",
      (one) => (one.components.schemas.Pet.properties.name["type"] = "money"),
      '/components/schemas/Pet/properties/name/type: unknown type "money"',
    ],
    [
      "an unknown header parameter",
      (one) => one.paths["/pets/{id}"].get["parameters"].push({ name: "X-Trace", in: "header", schema: {} }),
      '/paths/~1pets~1{id}/get/parameters/1: unknown header parameter "X-Trace"',
    ],
    [
      "an unknown parameter place",
      (one) => one.paths["/pets/{id}"].get["parameters"].push({ name: "c", in: "cookie", schema: {} }),
      '/paths/~1pets~1{id}/get/parameters/1/in: unknown parameter place "cookie"',
    ],
    [
      "an unknown media type",
      (one) => (one.paths["/pets/{id}"].get["responses"]["200"].content = { "application/xml": {} }),
      '/paths/~1pets~1{id}/get/responses/200/content/application~1xml: unknown media type "application/xml"',
    ],
    [
      "an unknown operation keyword",
      (one) => (one.paths["/pets/{id}"].get["callbacks"] = {}),
      '/paths/~1pets~1{id}/get/callbacks: unknown keyword "callbacks"',
    ],
    ["another server", (one) => (one.servers = [{ url: "https://other.test" }]), "/servers: another server"],
  ];
  test.each(cases)("%s", (_, change, message) => {
    const changed = document();
    change(changed);
    expect(() => assertKnownShape("pets.json", changed)).toThrow(SpecStop);
    expect(() => assertKnownShape("pets.json", changed)).toThrow(`pets.json#${message}`);
  });
});
