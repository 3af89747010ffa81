import { expect, test } from "vitest";
import { undeclaredImports } from "../src/undeclared-imports.ts";

const manifest = { name: "@ghlkit/here", dependencies: { declared: "1", "@scope/declared": "1" }, peerDependencies: { peer: "1" } };

test.each([
  [`import { a } from "stray";`, ["stray"]],
  [`import {\n  a,\n  b,\n} from "@scope/stray/deep";`, ["@scope/stray"]],
  [`export { a } from 'stray';`, ["stray"]],
  [`import "stray/side-effect";`, ["stray"]],
  [`const a = await import("stray");`, ["stray"]],
  [`export type A = import("stray").A;`, ["stray"]],
])("finds %j", (code, expected) => {
  expect(undeclaredImports(code, manifest)).toEqual(expected);
});

test("lets what is declared, local or of Node pass, and comments alone", () => {
  const code = `import { a } from "declared/deep";
import { b } from "@scope/declared";
import { c } from "peer";
import { d } from "./near.js";
import { e } from "node:fs";
import { f } from "@ghlkit/here/sub";
/**
 * import { x } from "in-a-comment";
 */
const text = 'from "a text"';`;
  expect(undeclaredImports(code, manifest)).toEqual([]);
});
