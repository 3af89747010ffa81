import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { templates } from "../src/template.ts";

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), "utf8");

test.each(["leads.ts", "webhooks.ts", "integration.ts"])("src/%s is the same file in Hono and Next.js", async (file) => {
  expect(await read(`../templates/next/src/${file}`)).toBe(await read(`../templates/hono/src/${file}`));
});

test("src/leads.ts is the same file in Workers", async () => {
  expect(await read("../templates/workers/src/leads.ts")).toBe(await read("../templates/hono/src/leads.ts"));
});

test.each(Object.keys(templates))("the template %s asks for the versions that the workspace is tested with", async (template) => {
  const { catalog } = parse(await read("../../../pnpm-workspace.yaml")) as { readonly catalog: Readonly<Record<string, string>> };
  const manifest = JSON.parse(await read(`../templates/${template}/package.json`)) as Record<string, Record<string, string>>;
  const asked = Object.entries({ ...manifest["dependencies"], ...manifest["devDependencies"] });
  // The compiler that Next.js loads is the one before TypeScript 7.
  const known = asked.filter(([name, range]) => name in catalog && !(name === "typescript" && range.startsWith("^5.")));
  expect(known.length).toBeGreaterThan(2);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(known.map(([name]) => [name, `^${catalog[name]}`])));
});
