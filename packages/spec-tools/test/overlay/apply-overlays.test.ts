import { describe, expect, test } from "vitest";
import type { OpenApiDocument } from "../../src/generate/document.ts";
import { applyOverlays } from "../../src/overlay/apply-overlays.ts";
import type { OverlayAction } from "../../src/overlay/overlay.ts";
import { StaleOverlays } from "../../src/overlay/overlay-error.ts";
import { readOverlays } from "../../src/overlay/read-overlays.ts";
import { temporaryFolder, writeFiles } from "../source-fixture.ts";

const pets = () =>
  ({
    info: { title: "pets", version: "v3" },
    paths: { "/pets": { get: { operationId: "pets.list", parameters: [{ name: "limit", in: "query", schema: {} }], responses: {} } } },
    components: {
      schemas: { Pet: { type: "object", required: ["name", "age"], properties: { name: { type: "string" } } }, Dog: { type: "object" } },
    },
  }) as unknown as OpenApiDocument;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- read freely below
type Bent = Record<string, any>;

function apply(action: Partial<OverlayAction> & { target: string }): { v3: Bent; v2: Bent } {
  const [v3, v2] = [pets(), pets()];
  const full = { "x-generation": ["v3"], "x-reason": "r", "x-evidence": "e", "x-confidence": "documented", ...action } as OverlayAction;
  applyOverlays(
    { v3: new Map([["pets", v3]]), v2: new Map([["pets", v2]]) },
    new Map([["pets", { overlay: "1.0.0", info: { title: "t", version: "1" }, actions: [full] }]]),
  );
  return { v3: v3 as Bent, v2: v2 as Bent };
}

test("an update without expectation adds, in the named generation only", () => {
  const { v3, v2 } = apply({
    target: "$.components.schemas.Pet",
    update: { properties: { age: { type: "number" } }, "x-always": ["name"] },
  });
  expect(v3.components.schemas.Pet).toMatchObject({
    properties: { name: { type: "string" }, age: { type: "number" } },
    "x-always": ["name"],
  });
  expect(v2).toEqual(pets());
});

test("an update with an expectation replaces", () => {
  const { v3 } = apply({ target: "$.components.schemas.Pet.required", "x-expects": ["name", "age"], update: ["name"] });
  expect(v3.components.schemas.Pet.required).toEqual(["name"]);
});

test("a list grows; a removal takes out what it expects", () => {
  expect(
    apply({ target: "$.paths['/pets'].get.parameters", update: [{ name: "q", in: "query", schema: {} }] }).v3.paths["/pets"].get.parameters,
  ).toHaveLength(2);
  expect(
    apply({ target: "$.components.schemas.Dog", "x-expects": { type: "object" }, remove: true }).v3.components.schemas.Dog,
  ).toBeUndefined();
});

describe("a stale action fails by name", () => {
  const cases: [string, Partial<OverlayAction> & { target: string }, string][] = [
    ["its target has gone", { target: "$.components.schemas.Cat", update: {} }, "the target is not there any more"],
    [
      "the vendor changed what it replaces",
      { target: "$.components.schemas.Pet.required", "x-expects": ["name"], update: [] },
      'expected ["name"], found ["name","age"]',
    ],
    [
      "the vendor now says himself what it adds",
      { target: "$.components.schemas.Pet", update: { properties: { name: { type: "number" } } } },
      "would overwrite",
    ],
    [
      "the parameter it adds is there",
      { target: "$.paths['/pets'].get.parameters", update: [{ name: "limit", in: "query" }] },
      "the list already has",
    ],
    [
      "a field that is always there is not there",
      { target: "$.components.schemas.Pet", update: { "x-always": ["id"] } },
      'x-always names "id"',
    ],
    ["it removes without saying what", { target: "$.components.schemas.Dog", remove: true }, "a removal must say what it expects"],
  ];
  test.each(cases)("%s", (_, action, reason) => {
    expect(() => apply(action)).toThrow(StaleOverlays);
    expect(() => apply(action)).toThrow(`openapi/overlays/pets.yaml, action 1 (${action.target}): v3: ${reason}`);
  });
});

test("an overlay without a confidence is refused with file and pointer", async () => {
  const folder = await temporaryFolder();
  const action = { target: "$.info", "x-generation": ["v3"], "x-reason": "r", "x-evidence": "e", update: {} };
  await writeFiles(folder, { "pets.yaml": { overlay: "1.0.0", actions: [{ ...action, "x-confidence": "recorded" }, action] } });
  await expect(readOverlays(folder)).rejects.toThrow(
    "openapi/overlays/pets.yaml#/actions/1: has no x-confidence: one of recorded, reported, documented, inferred",
  );
});

test("what overlays say of answers is handed back with its confidence", () => {
  const target = "$.paths['/pets'].get.responses";
  const action = { target, "x-generation": ["v3" as const], "x-reason": "r", "x-evidence": "seen", "x-confidence": "recorded" as const };
  const overlay = { overlay: "1.0.0" as const, info: { title: "t", version: "1" }, actions: [{ ...action, update: { "204": {} } }] };
  const other = { ...overlay, actions: [{ ...action, target: "$.info", update: { license: "MIT" } }] };
  const documents = { v3: new Map([["pets", pets()]]), v2: new Map([["pets", pets()]]) };
  expect(applyOverlays(documents, new Map([["pets", overlay]]))).toEqual([
    { generation: "v3", route: "GET /pets", confidence: "recorded", evidence: "seen" },
  ]);
  expect(applyOverlays(documents, new Map([["pets", other]]))).toEqual([]);
});

test("all overlays that no longer fit are listed at once, each with what it expected and found", () => {
  const action = { "x-generation": ["v3" as const], "x-reason": "test", "x-evidence": "test", "x-confidence": "documented" as const };
  const overlays = new Map([
    [
      "pets",
      {
        overlay: "1.0.0" as const,
        info: { title: "pets", version: "1" },
        actions: [
          { ...action, target: "$.paths['/gone']", update: {} },
          { ...action, target: "$.info.title", "x-expects": "toys", update: "cats" },
          { ...action, target: "$[", update: {} },
        ],
      },
    ],
  ]);
  const document = { info: { title: "pets", version: "1" }, paths: {} };
  const apply = (): unknown => applyOverlays({ v3: new Map([["pets", document]]), v2: new Map() }, overlays);
  expect(apply).toThrow("action 1 ($.paths['/gone']): v3: the target is not there any more");
  expect(apply).toThrow('action 2 ($.info.title): v3: expected "toys", found "pets"');
  expect(apply).toThrow("action 3 ($[):");
});
