import fc from "fast-check";
import { expect, test } from "vitest";
import { inferSchema } from "../../src/normalise/infer-schema.ts";
import type { Json } from "../../src/normalise/source-document.ts";

test("samples of a list are put together", () => {
  expect(inferSchema([{ a: 1 }, { a: "x", b: null }])).toEqual({
    type: "array",
    items: {
      type: "object",
      properties: { a: { anyOf: [{ type: "number" }, { type: "string" }] }, b: { "x-unknown": true } },
      additionalProperties: true,
    },
  });
});

test("no value of an example survives in its shape", () => {
  // Values that cannot be mistaken for a keyword of a schema.
  const value = fc.stringMatching(/^secret-[a-z0-9]{6,12}$/);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      value,
      fc.integer(),
      fc.boolean(),
      fc.array(tie("tree")),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie("tree")),
    ),
  }));
  fc.assert(fc.property(tree, (example) => !JSON.stringify(inferSchema(example as Json)).includes("secret-")));
});
