import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packageApi, type PackageApi } from "../../src/api/package-api.ts";
import { renderApi } from "../../src/api/render-api.ts";
import { documentationOf, documentationProblems } from "../../src/api/undocumented.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-api-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function apiOf(files: Readonly<Record<string, string>>): Promise<PackageApi> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return packageApi(new Map([[".", join(folder, "index.ts")]]));
}

test("the report has what is exported, without bodies and comments, and what its types lead to", async () => {
  const api = await apiOf({
    "index.ts":
      'export { send } from "./send.ts";\nexport { other as renamed } from "./send.ts";\nexport type { Clock } from "@ghlkit/core";\n',
    "send.ts": `import type { Inner } from "./inner.ts";
/** Sends. */
export function send(text: string, options: SendOptions = {}): Promise<Inner> { return Promise.reject(new Error(text)); }
interface SendOptions { /** Ms. */ readonly timeoutMs?: number }
export const other = 1;
`,
    "inner.ts": "export interface Inner { readonly deeper: Deeper }\nexport type Deeper = string[];\nexport type NotReached = number;\n",
  });
  expect(renderApi("x", folder, api)).toBe(`# API of x

Written by \`pnpm api\`. Do not edit; a change of this file is a change of what users see.

## \`x\`

\`\`\`ts
export { Clock } from "@ghlkit/core";
export declare const other = 1;
export { other as renamed };
export declare function send(text: string, options?: SendOptions): Promise<Inner>;
\`\`\`

## Mentioned by these, and not exported

\`\`\`ts
export type Deeper = string[];
export interface Inner {
    readonly deeper: Deeper;
}
interface SendOptions {
    readonly timeoutMs?: number;
}
\`\`\`
`);
});

test("generated declarations are named, and not written out", async () => {
  const api = await apiOf({
    "index.ts": 'export type { Scope } from "./generated/scopes.ts";\nexport type { Part } from "./part.ts";\n',
    "part.ts": 'import type { Scope } from "./generated/scopes.ts";\nexport interface Part { readonly scope: Scope }\n',
    "generated/scopes.ts": 'export type Scope = "a" | "b";\n',
  });
  const text = renderApi("x", folder, api);
  expect(text).toContain('export { Scope } from "generated/scopes.ts"; // generated');
  expect(text).not.toContain('"a"');
});

test("an export that is nowhere declared fails", async () => {
  await expect(apiOf({ "index.ts": 'export { gone } from "./part.ts";\n', "part.ts": "export const here = 1;\n" })).rejects.toThrow("gone");
});

test("a type that is not stated fails: the report cannot be read from one file", async () => {
  await expect(apiOf({ "index.ts": "export const made = JSON.parse('1');\n" })).rejects.toThrow("index.ts");
});

test("exports and options without a docstring are found", async () => {
  const api = await apiOf({
    "index.ts": `/** With. */
export const one = 1;
export const two = 2;
/** */
export const empty = 3;
/** @default 4 */
export const tagged = 4;
/** With. */
export interface SomeOptions {
  /** With. */
  readonly a?: number;
  readonly b?: number;
}
/** Members of what is no option are not looked at. */
export interface Report { readonly c: number }
`,
  });
  expect(documentationOf(api)).toEqual({ total: 8, missing: ["SomeOptions.b", "empty", "two"] });
});

test("the list of what may be missing can only shrink", () => {
  expect(documentationProblems(["a", "b"], ["b", "c"])).toEqual([
    "a has no docstring.",
    "c has a docstring: take it out of undocumented-allowed.ts.",
  ]);
});
